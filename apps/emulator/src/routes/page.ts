import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { Changes } from '../changes.ts';
import type { Context } from '../context.ts';
import type { JournalEntry } from '../journal/journal.ts';
import { assetsState, indexesState, tasksState } from './page-state.ts';

const files = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/app.js': ['app.js', 'text/javascript; charset=utf-8'],
  '/dom.js': ['dom.js', 'text/javascript; charset=utf-8'],
  '/sections.js': ['sections.js', 'text/javascript; charset=utf-8'],
  '/style.css': ['style.css', 'text/css; charset=utf-8'],
  '/lists.css': ['lists.css', 'text/css; charset=utf-8'],
  '/favicon.svg': ['favicon.svg', 'image/svg+xml'],
} as const;

/** How much the page shows. */
const shownRequests = 50;

/** The web page at `/`. */
export function pageRoutes(app: FastifyInstance): void {
  for (const [path, [name, type]] of Object.entries(files)) {
    const content = readFileSync(fileURLToPath(new URL(`../../web/${name}`, import.meta.url)));
    app.get(path, async (_request, reply) =>
      reply
        .type(type)
        .header('content-security-policy', "default-src 'self'; style-src 'self'; media-src 'self' blob:")
        .send(content),
    );
  }
}

/** Has the page show requests as they come: those to the API and to storage, not its own. */
export function watchRequests(app: FastifyInstance, changes: Changes): void {
  app.addHook('onResponse', async (request) => {
    if (isShown(request.entry)) changes.signal();
  });
}

function isShown({ path }: JournalEntry): boolean {
  return /^\/(v1\.3|storage)\//.test(path);
}

/** What the page reads: `/_emulator/state`, and `/_emulator/events` to hear when to read it again. */
export function pageDataRoutes(app: FastifyInstance, context: Context, changes: Changes): void {
  app.get('/state', async (request) => ({
    base_url: `${request.origin}/v1.3`,
    // The emulator itself reads it, by the address it listens on.
    sample_url: `${context.origin()}/samples/video.mp4`,
    api_key: context.options.apiKeys[0],
    data_dir: context.files.root,
    ...assetsState(context, request.origin),
    indexes: indexesState(context),
    tasks: tasksState(context),
    questions: context.questions.list(),
    requests: context.journal.newest(shownRequests, isShown),
  }));

  app.get('/events', (request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    reply.raw.write('retry: 1000\n\n');
    const stop = changes.listen(() => reply.raw.write('event: change\ndata: \n\n'));
    const forget = context.onClose(() => reply.raw.end());
    request.raw.socket.once('close', () => {
      stop();
      forget();
    });
  });
}
