/** Run as a process of its own, to be killed: uploads the file named by its arguments and prints the session. */
import { createNodeAssetsClient, fileFromPath } from '../../src/node/index.ts';

const [baseUrl = '', apiKey = '', path = ''] = process.argv.slice(2);
const client = createNodeAssetsClient({ apiKey, baseUrl });
await client.create(
  { method: 'direct', file: await fileFromPath(path) },
  {
    upload: 'multipart',
    concurrency: 1,
    onSession: (session) => process.stdout.write(`${JSON.stringify(session)}\n`),
  },
);
