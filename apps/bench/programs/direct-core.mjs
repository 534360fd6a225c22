import { createNodeAssetsClient, fileFromPath } from '@twelvelabs-nodes/core/node/assets';

const { BASE_URL, FILE } = process.env;
const client = createNodeAssetsClient({ apiKey: 'tlk_bench', baseUrl: BASE_URL });
// A size check would send the 1 GiB file by multipart upload; here the direct way is measured.
await client.create(
  { method: 'direct', file: await fileFromPath(FILE) },
  { upload: 'direct', checkSize: false },
);
