/** Turns the configuration of version N, its place in the list plus one, into that of version N + 1. */
export type Step = (config: Record<string, unknown>) => Record<string, unknown>;
