import type { Reporter } from 'vitest/node';
/** Counts of one run, printed as a line that `pnpm test` adds up. Turbo keeps the line with the output of cached runs. */
export interface Counts {
    readonly passed: number;
    readonly failed: number;
    /** What each skipped test needs. */
    readonly skipped: readonly string[];
}
export declare const COUNTS = "Counts: ";
/** The reporters of every package. */
export declare const reporters: (Reporter | string)[];
