/** How often a property is tried: `usual`, or `PROPERTY_RUNS` times for a long search by hand. */
export function runs(usual: number): { readonly numRuns: number } {
  return { numRuns: Number(process.env.PROPERTY_RUNS) || usual };
}
