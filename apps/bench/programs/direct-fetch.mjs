import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';

const { BASE_URL, FILE } = process.env;
const form = new FormData();
form.set('method', 'direct');
form.set('file', await openAsBlob(FILE, { type: 'video/mp4' }), basename(FILE));
const response = await fetch(`${BASE_URL}/assets`, {
  method: 'POST',
  headers: { 'x-api-key': 'tlk_bench' },
  body: form,
});
await response.json();
