/** Marks a request that the emulator itself makes. */
export const downloadMarkHeader = 'x-emulator-download';
