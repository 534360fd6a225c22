/** Run as a process of its own: uploads the file that its arguments name, prints the session, and its peak memory at the end. */
import { createNodeAssetsClient, fileFromPath } from '../../src/node/index.ts';

const [baseUrl = '', apiKey = '', path = '', once] = process.argv.slice(2);
const client = createNodeAssetsClient({ apiKey, baseUrl });
await client.create(
  { method: 'direct', file: await fileFromPath(path) },
  {
    upload: 'multipart',
    concurrency: 1,
    once,
    onSession: (session) => process.stdout.write(`${JSON.stringify(session)}\n`),
  },
);
process.stdout.write(`${JSON.stringify({ peakKiB: process.resourceUsage().maxRSS })}\n`);
