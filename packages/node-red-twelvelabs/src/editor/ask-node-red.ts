/** Asks a route of the runtime, as JSON, which a page of another origin cannot send. */
export async function askNodeRed(route: string, request: object): Promise<unknown> {
  const data = JSON.stringify(request);
  return await $.ajax({ url: route, method: 'POST', contentType: 'application/json', data });
}
