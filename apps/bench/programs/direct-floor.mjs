// The least that Node.js can do: one request, fed by a file stream with large reads.
import { createReadStream, statSync } from 'node:fs';

const { BASE_URL, FILE } = process.env;
const { request } = await import(BASE_URL.startsWith('https:') ? 'node:https' : 'node:http');
const boundary = '----floor';
const before = `--${boundary}\r\nContent-Disposition: form-data; name="method"\r\n\r\ndirect\r\n--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="media.mp4"\r\nContent-Type: video/mp4\r\n\r\n`;
const after = `\r\n--${boundary}--\r\n`;
await new Promise((resolve, reject) => {
  const upload = request(`${BASE_URL}/assets`, {
    method: 'POST',
    headers: {
      'x-api-key': 'tlk_bench',
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': before.length + statSync(FILE).size + after.length,
    },
  });
  upload.on('error', reject).on('response', (response) => response.resume().on('end', resolve));
  upload.write(before);
  const file = createReadStream(FILE, { highWaterMark: 512 * 1024 });
  file
    .on('error', reject)
    .on('end', () => upload.end(after))
    .pipe(upload, { end: false });
});
