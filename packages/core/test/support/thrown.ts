/** What work throws, for `toMatchObject`, as `rejects` gives what a promise rejects with. */
export function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}
