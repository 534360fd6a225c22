import type { NodeAPI } from 'node-red';

/** What the editor sends: anything, until it is looked at. */
export type AdminRequest = Readonly<Record<string, unknown>>;

/** Characters of a field: more than any key, URL or path has. */
const LONGEST = 10_000;

/**
 * A route of the editor, for who may change nodes of a type. JSON only: a page of another origin can send a form, plain
 * text or a GET without asking, and would make Node-RED send requests or look at folders.
 */
export function addAdminRoute(
  RED: NodeAPI,
  type: string,
  name: string,
  answer: (request: AdminRequest) => Promise<object>,
): void {
  const mayEdit = RED.auth.needsPermission(`${type}.write`);
  RED.httpAdmin.post(`/${type}/${name}`, mayEdit, (request, response) => {
    if (!request.is('application/json')) {
      response.status(415).json({ ok: false, message: 'The request must be application/json.' });
      return;
    }
    const body: unknown = request.body;
    const given = typeof body === 'object' && body !== null ? (body as AdminRequest) : {};
    const long = Object.keys(given).find((field) => textIn(given[field]).length > LONGEST);
    if (long !== undefined) {
      const message = `${long.slice(0, 40)} must have at most ${LONGEST} characters.`;
      response.status(400).json({ ok: false, message });
      return;
    }
    // Express 4 leaves a rejection to the process, which Node-RED then ends.
    answer(given).then(
      (found) => response.json(found),
      () => response.status(400).json({ ok: false, message: 'The request cannot be understood.' }),
    );
  });
}

/** A text of a request; nothing where there is something else. */
export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
