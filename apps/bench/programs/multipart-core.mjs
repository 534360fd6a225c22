import { createNodeAssetsClient, fileFromPath } from '@twelvelabs-nodes/core/node';

const { BASE_URL, FILE } = process.env;
const client = createNodeAssetsClient({ apiKey: 'tlk_bench', baseUrl: BASE_URL });
await client.create({ method: 'direct', file: await fileFromPath(FILE) }, { upload: 'multipart' });
