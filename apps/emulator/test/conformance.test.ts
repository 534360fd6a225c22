import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sampleAudio, sampleImage, sampleVideo } from '../src/samples.ts';
import { checked } from './checked.ts';
import { direct, directFile, emulate } from './helpers.ts';
import { operations, violations } from './openapi.ts';

const unknown = '0'.repeat(24);

test('every answer of every operation on assets has the documented form', async () => {
  const emulator = await emulate({ chunkSize: 100_000, initialUploadUrls: 1, limits: { image: 10_000 } });
  const succeeded = new Set<string>();
  const request = checked(emulator, succeeded);
  const options = {
    enable_hls: 'true',
    enable_thumbnail: 'true',
    user_metadata: '{"a":1,"b":1.5,"c":true,"d":"e"}',
  };

  const ids: string[] = [];
  for (const form of [
    directFile(sampleVideo, options),
    directFile(sampleAudio, options),
    direct(new Uint8Array(readFileSync(sampleImage).subarray(0, 9000)), 'cut.jpg', options),
    direct('text', 'a.mp4', options),
  ]) {
    const { body } = await request('POST', '/assets', form);
    ids.push(body._id);
    await request('GET', `/assets/${body._id}`);
  }
  const fromUrl = new FormData();
  fromUrl.append('method', 'url');
  fromUrl.append('url', `${emulator.url}/samples/video.mp4`);
  ids.push((await request('POST', '/assets', fromUrl)).body._id);
  await emulator.settled();
  for (const id of ids) await request('GET', `/assets/${id}`);
  const [id = ''] = ids;

  await request('GET', '/assets?page=1&page_limit=50&asset_types=video&filename=video');
  for (const method of ['PATCH', 'PUT']) {
    await request(method, `/assets/${id}/user-metadata`, { user_metadata: { a: 2 } });
    await request(method, `/assets/${id}/user-metadata`, {});
    await request(method, `/assets/${unknown}/user-metadata`, { user_metadata: {} });
  }
  await request('GET', `/assets/${id}`);
  await request('DELETE', `/assets/${id}/user-metadata`);
  await request('DELETE', `/assets/${unknown}/user-metadata`);
  await fetch(`${emulator.url}/_emulator/references`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ asset_id: id, index_id: unknown }),
  });
  await request('GET', `/assets/${id}/indexed-assets`);
  await request('GET', `/assets/${id}/entities`);
  expect((await request('DELETE', `/assets/${id}`)).status).toBe(409);
  await request('DELETE', `/assets/${id}?force=true`);

  const video = readFileSync(sampleVideo);
  const session = { filename: 'v.mp4', type: 'video', total_size: video.length };
  const { body } = await request('POST', '/assets/multipart-uploads', session);
  const path = `/assets/multipart-uploads/${body.upload_id}`;
  const more = await request('POST', `${path}/presigned-urls`, { start: 2, count: 1 });
  const reports: object[] = [];
  for (const { chunk_index, url } of [...body.upload_urls, ...more.body.upload_urls]) {
    const chunk = video.subarray((chunk_index - 1) * body.chunk_size, chunk_index * body.chunk_size);
    const response = await fetch(url, {
      method: 'PUT',
      headers: body.upload_headers,
      body: new Uint8Array(chunk),
    });
    const proof = response.headers.get('etag');
    reports.push({ chunk_index, proof, proof_type: 'etag', chunk_size: chunk.length });
  }
  await request('POST', path, { completed_chunks: [{ ...reports[1], proof: 'wrong' }] });
  await request('GET', path);
  await request('GET', '/assets/multipart-uploads');
  await request('POST', path, { completed_chunks: [reports[0]] });
  await request('GET', `${path}?page_limit=1`);

  for (const [method, bad] of [
    ['GET', '/assets/nope'],
    ['GET', `/assets/${unknown}`],
    ['GET', '/assets?page=0'],
    ['DELETE', '/assets/nope'],
    ['GET', `/assets/${unknown}/entities`],
    ['GET', `/assets/${unknown}/indexed-assets`],
    ['GET', `/assets/multipart-uploads/${unknown}`],
    ['GET', '/assets/multipart-uploads?page=x'],
  ] as const) {
    expect((await request(method, bad)).status).toBeGreaterThanOrEqual(400);
  }
  await request('POST', '/assets', new FormData());
  await request('POST', '/assets', directFile(sampleImage));
  await request('GET', '/assets', undefined, { 'x-api-key': 'wrong' });
  await request('POST', '/assets/multipart-uploads', {});
  await request('POST', path, {});
  await request('POST', `${path}/presigned-urls`, {});
  const onAssets = operations.filter((operation) => operation.includes(' /assets'));
  expect([...succeeded].sort()).toEqual(onAssets.sort());
});

test('the check itself can fail', () => {
  const asset = { _id: 'x', created_at: 'yesterday', status: 'done', filname: 'a' };
  expect(violations('GET /assets/{asset_id}', 200, asset)).toHaveLength(3);
  expect(violations('GET /assets/{asset_id}', 404, { code: 'x' })).not.toEqual([]);
  expect(violations('GET /assets', 206, {})).toHaveLength(1);
  expect(violations('DELETE /assets/{asset_id}', 200, {})).toHaveLength(1);
});
