import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { Changes } from '../changes.ts';
import type { Context } from '../context.ts';
import { assetDetailJson } from './asset-json.ts';

const files = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/app.js': ['app.js', 'text/javascript; charset=utf-8'],
  '/style.css': ['style.css', 'text/css; charset=utf-8'],
  '/favicon.svg': ['favicon.svg', 'image/svg+xml'],
} as const;

/** How many assets the page shows. */
const shown = 200;

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

/** What the page reads: `/_emulator/state`, and `/_emulator/events` to hear when to read it again. */
export function pageDataRoutes(app: FastifyInstance, context: Context, changes: Changes): void {
  app.get('/state', async (request) => {
    const { assets, total } = context.assets.list({}, { page: 1, limit: shown });
    return {
      base_url: `${request.origin}/v1.3`,
      // The emulator itself reads it, by the address it listens on.
      sample_url: `${context.origin()}/samples/video.mp4`,
      api_key: context.options.apiKeys[0],
      data_dir: context.files.root,
      total,
      assets: assets.map((asset) => ({
        ...assetDetailJson(asset, request.origin),
        kind: asset.kind,
        original_url: `${request.origin}/media/${asset.id}/original`,
      })),
    };
  });

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
