/** Part of a video or of audio, seconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Parts of `length` seconds, of which the last may be shorter. */
export function spans({ start, end }: Span, length: number): Span[] {
  const count = Math.max(1, Math.ceil((end - start) / length));
  return Array.from({ length: count }, (_, index) => ({
    start: start + index * length,
    end: Math.min(end, start + (index + 1) * length),
  }));
}
