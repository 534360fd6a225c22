export { type Emulator, startEmulator } from './emulator.ts';
export type { FormPart, JournalEntry } from './journal/journal.ts';
export type { EmulatorOptions } from './options.ts';
