import { TwelveLabs } from 'twelvelabs-js';

const { COUNT } = process.env;
const client = new TwelveLabs({ apiKey: 'tlk_bench' });
let next = 0;
const worker = async () => {
  while (next < Number(COUNT)) {
    await client.assets.create({ method: 'url', url: `https://media.example.com/${next++}.mp4` });
  }
};
await Promise.all(Array.from({ length: 32 }, worker));
