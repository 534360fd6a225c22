export { type Emulator, startEmulator } from './emulator.ts';
export type { FaultState } from './faults/faults.ts';
export type { FaultRule } from './faults/schema.ts';
export type { FormPart, JournalEntry } from './journal/journal.ts';
export type { EmulatorOptions } from './options.ts';
