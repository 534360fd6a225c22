import { describe, expect, it } from 'vitest';
import { buildCreateAssetRequest, type HttpRequest } from '../src/index.ts';

const text = async (request: HttpRequest) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request.body?.stream() ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

describe('buildCreateAssetRequest', () => {
  it('is a POST of a form to the platform, with no key in it', async () => {
    const request = buildCreateAssetRequest({
      method: 'direct',
      file: new File(['abc'], 'a.mp4', { type: 'video/mp4' }),
      filename: 'Wedding "Day" é.mp4',
      enable_hls: true,
      enable_thumbnail: false,
      user_metadata: { category: 'new', batch: 5 },
    });
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://api.twelvelabs.io/v1.3/assets',
      authenticated: true,
    });
    expect(Object.keys(request.headers)).toEqual(['accept', 'accept-encoding']);
    const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(request.body?.type ?? '')?.[1];
    const body = await text(request);
    expect(body.replaceAll(boundary ?? '?', 'B').split('\r\n')).toEqual([
      '--B',
      'Content-Disposition: form-data; name="method"',
      '',
      'direct',
      '--B',
      'Content-Disposition: form-data; name="filename"',
      '',
      'Wedding "Day" é.mp4',
      '--B',
      'Content-Disposition: form-data; name="enable_hls"',
      '',
      'true',
      '--B',
      'Content-Disposition: form-data; name="enable_thumbnail"',
      '',
      'false',
      '--B',
      'Content-Disposition: form-data; name="user_metadata"',
      '',
      '{"category":"new","batch":5}',
      '--B',
      'Content-Disposition: form-data; name="file"; filename="Wedding _Day_ _.mp4"',
      'Content-Type: video/mp4',
      '',
      'abc',
      '--B--',
      '',
    ]);
    expect(request.body?.size).toBe(Buffer.byteLength(body));
  });

  it('streams the same bytes again for a retry', async () => {
    const request = buildCreateAssetRequest({ method: 'url', url: 'https://example.org/a.mp4' });
    expect(await text(request)).toBe(await text(request));
  });

  it('uses a boundary that no file can foresee', () => {
    const types = Array.from(
      { length: 3 },
      () => buildCreateAssetRequest({ method: 'url', url: 'https://example.org/a' }).body?.type,
    );
    expect(new Set(types).size).toBe(3);
  });

  it('refuses a file that grows or shrinks while it is read', async () => {
    for (const [size, problem] of [
      [2, /grew/],
      [4, /shrank/],
    ] as const) {
      const file = { name: 'a.mp4', type: 'video/mp4', size, stream: () => new Blob(['abc']).stream() };
      await expect(text(buildCreateAssetRequest({ method: 'direct', file }))).rejects.toMatchObject({
        code: 'file_read',
        message: expect.stringMatching(problem),
      });
    }
  });
});
