/**
 * The fields of an error: at the top of the body, or nested below `error` as the endpoints for embeddings and
 * analysis tasks send them. Source: the published descriptions, and answers seen.
 */
export function errorFields(body: unknown): Readonly<Record<string, unknown>> {
  const top = fields(body);
  return typeof top.error === 'object' && top.error !== null ? fields(top.error) : top;
}

export const fields = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
