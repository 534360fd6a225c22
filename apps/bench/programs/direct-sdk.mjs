import { createReadStream } from 'node:fs';
import { TwelveLabs } from 'twelvelabs-js';

const { FILE } = process.env;
const client = new TwelveLabs({ apiKey: 'tlk_bench' });
await client.assets.create({ method: 'direct', file: createReadStream(FILE) });
