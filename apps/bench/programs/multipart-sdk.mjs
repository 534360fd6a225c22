import { TwelveLabs } from 'twelvelabs-js';

const { FILE } = process.env;
const client = new TwelveLabs({ apiKey: 'tlk_bench' });
await client.multipartUpload.uploadFile(FILE);
