// The least that Node.js can do: four requests at a time on kept connections, each fed by a range of the file.
import { createReadStream, statSync } from 'node:fs';
import { Agent, request } from 'node:http';

const { BASE_URL, FILE, CHUNK } = process.env;
const { origin } = new URL(BASE_URL);
const agent = new Agent({ keepAlive: true, maxSockets: 4 });
const chunkSize = Number(CHUNK);
const { size } = statSync(FILE);
const count = Math.ceil(size / chunkSize);
let next = 0;

function put(index) {
  const start = index * chunkSize;
  const end = Math.min(size, start + chunkSize);
  return new Promise((resolve, reject) => {
    const upload = request(`${origin}/storage/floor/${index}`, {
      method: 'PUT',
      agent,
      headers: { 'content-length': end - start, 'content-type': 'application/octet-stream' },
    });
    upload.on('error', reject).on('response', (response) => response.resume().on('end', resolve));
    createReadStream(FILE, { start, end: end - 1, highWaterMark: 512 * 1024 })
      .on('error', reject)
      .pipe(upload);
  });
}

async function work() {
  while (next < count) await put(next++);
}
await Promise.all([work(), work(), work(), work()]);
agent.destroy();
