import { createNodeAssetsClient } from '@twelvelabs-nodes/core/node';

const { BASE_URL, COUNT } = process.env;
const client = createNodeAssetsClient({ apiKey: 'tlk_bench', baseUrl: BASE_URL });
let next = 0;
const worker = async () => {
  while (next < Number(COUNT)) {
    await client.create({ method: 'url', url: `https://media.example.com/${next++}.mp4` });
  }
};
await Promise.all(Array.from({ length: 32 }, worker));
