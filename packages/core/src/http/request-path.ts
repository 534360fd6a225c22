/** The path of a request's URL, without its query: what messages show. */
export function pathOf(url: string): string {
  return new URL(url).pathname;
}
