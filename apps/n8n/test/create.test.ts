import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creates, setUp } from './support/run.ts';

const { emulator, run } = await setUp();
const sha256 = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
const fields = (entry: ReturnType<typeof creates>[number] | undefined) =>
  Object.fromEntries((entry?.form ?? []).map((part) => [part.name, 'value' in part ? part.value : part]));

describe('Create', () => {
  it('uploads the binary field "data" with no setting at all', async () => {
    const { json, execution } = await run({}, [{ path: sampleVideo }]);
    expect(execution.status).toBe('success');
    expect(json).toMatchObject([{ method: 'direct', filename: 'video.mp4', file_type: 'video/mp4' }]);
    const [request] = creates(emulator);
    expect(fields(request)).toMatchObject({
      method: 'direct',
      file: { filename: 'video.mp4', content_type: 'video/mp4', sha256: await sha256(sampleVideo) },
    });
    expect(request?.headers['content-length']).toBe(String(request?.body?.size));
    expect(request?.headers['user-agent']).toMatch(/^n8n-nodes-twelvelabs\//);
  });

  it('sends every option under the name that the API has for it', async () => {
    const { json } = await run(
      {
        options: {
          filename: 'Ünïcode "quoted" 🎬.mp4',
          enableHls: true,
          enableThumbnail: true,
          metadata: {
            pairs: [
              { key: 'campaign', value: 'spring' },
              { key: 'take', value: '={{ 3 }}' },
            ],
          },
          metadataJson: '{"approved": true, "campaign": "overruled by the field"}',
        },
      },
      [{ path: sampleVideo }],
    );
    expect(fields(creates(emulator)[0])).toMatchObject({
      filename: 'Ünïcode "quoted" 🎬.mp4',
      enable_hls: 'true',
      enable_thumbnail: 'true',
      user_metadata: JSON.stringify({ approved: true, campaign: 'spring', take: 3 }),
    });
    expect(json).toMatchObject([{ filename: 'Ünïcode "quoted" 🎬.mp4', user_metadata: { take: 3 } }]);
  });

  it('has a URL fetched, and waits until the asset is ready', async () => {
    const url = `${emulator.url}/samples/audio.mp3`;
    const { json } = await run({ method: 'url', url, options: { waitUntilReady: true } });
    expect(json).toMatchObject([{ method: 'url', status: 'ready', file_type: 'audio/mpeg' }]);
    expect(json[0]?.duration).toBeCloseTo(4, 0);
    expect(fields(creates(emulator)[0])).toEqual({ method: 'url', url });
  });

  it('takes a file without a name or a type for what its bytes are', async () => {
    const { json } = await run({}, [{ path: sampleImage }], {
      file: { fileName: 'noname', mimeType: 'text/plain' },
    });
    expect(json).toMatchObject([{ file_type: 'image/jpeg', filename: 'noname' }]);
  });

  it('sends chunks of a multipart upload without the key', async () => {
    const { json, error } = await run({ options: { upload: 'multipart', waitUntilReady: true } }, [
      { path: sampleVideo },
    ]);
    expect(error).toBeUndefined();
    expect(json).toMatchObject([
      { method: 'multipart', status: 'ready', size: (await readFile(sampleVideo)).length },
    ]);
    const puts = emulator.requests().filter(({ method }) => method === 'PUT');
    expect(puts.length).toBeGreaterThan(0);
    expect(puts.map(({ has_api_key }) => has_api_key)).not.toContain(true);
  });

  it('says whether the asset fits what it is meant for', async () => {
    const { json, node } = await run({ options: { intendedFor: ['analysis'] } }, [
      { path: sampleVideo },
      { path: sampleImage },
    ]);
    expect(json).toMatchObject([
      { status: 'ready', workflow_fit: [{ workflow: 'analysis', fits: true }] },
      { status: 'ready', workflow_fit: [{ workflow: 'analysis', fits: false }] },
    ]);
    expect(node?.hints).toMatchObject([
      { message: expect.stringContaining('Item 1: Does not fit'), type: 'warning' },
    ]);
  });

  it('finds the asset of an earlier run by its create once key', async () => {
    const once = { options: { once: 'order-17' } };
    const first = await run(once, [{ path: sampleAudio }]);
    const second = await run(once, [{ path: sampleAudio }]);
    expect(first.json[0]?._id).toBeDefined();
    expect(second.json[0]?._id).toBe(first.json[0]?._id);
    expect(creates(emulator)).toHaveLength(1);
  });
});

describe('what is no media, or cannot be judged', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'twelvelabs-n8n-judged-'));
  });
  afterAll(() => rm(dir, { recursive: true }));
  const file = async (name: string, content: string) => {
    const target = path.join(dir, name);
    await writeFile(target, content);
    return { path: target };
  };
  const hints = ({ node }: Awaited<ReturnType<typeof run>>) => node?.hints?.map(({ message }) => message);

  it('sends a file that nobody can judge, with a hint beside the output', async () => {
    const unnamed = await file('unknown', '\x01\x02\x03\x04'.repeat(500));
    const ran = await run({}, [unnamed], { file: { mimeType: 'application/octet-stream' } });
    expect(ran.error).toBeUndefined();
    expect(hints(ran)).toEqual([
      expect.stringMatching(/^Item 0: Neither the first bytes nor the name .* TwelveLabs may refuse it\.$/),
    ]);
    const named = await file('unknown.mp4', '\x01\x02\x03\x04'.repeat(500));
    expect(hints(await run({}, [named]))).toEqual([
      expect.stringMatching(/^Item 0: Only its .* says that this file is a video/),
    ]);
    expect(creates(emulator)).toHaveLength(2);
  });

  it('leaves what is no media to the platform without Check Content', async () => {
    const page = await file('page.mp4', '<!DOCTYPE html><html><body>Sign in</body></html>');
    const refused = await run({}, [page]);
    expect(refused.error?.message).toMatch(/^Input Binary Field: must be a video, audio or image file/);
    expect(creates(emulator)).toHaveLength(0);
    const goOn = { node: { onError: 'continueRegularOutput' } };
    const sent = await run({ advancedOptions: { checkContent: false } }, [page], goOn);
    expect(creates(emulator)).toHaveLength(1);
    expect(sent.json[0]?.error).toMatch(/^TwelveLabs did not accept the request: .*text\/html/);
    expect(hints(sent)).toEqual([
      expect.stringMatching(/^Item 0: This file is .* TwelveLabs may refuse it\.$/),
    ]);
  });

  it('sends a share page only without Check URL', async () => {
    const page = { method: 'url', url: 'https://drive.google.com/file/d/1/view' };
    const { error } = await run(page);
    expect(error?.message).toMatch(/^URL: is a Google Drive page/);
    expect(error?.description).toMatch(/download it with its node, .*set Source to File From Input/);
    expect(creates(emulator)).toHaveLength(0);
    await run({ ...page, advancedOptions: { checkUrl: false } });
    expect(creates(emulator).map(fields)).toEqual([page]);
  });
});

describe('many items', () => {
  const files = [sampleVideo, sampleAudio, sampleImage];
  const items = Array.from({ length: 9 }, (_, index) => ({ path: files[index % 3] }));

  it('keeps every output with its input when several are worked on at once', async () => {
    const { items: out } = await run({ options: { concurrency: 4 } }, items);
    expect(out.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
    expect(out.map(({ json }) => json.filename)).toEqual(items.map(({ path }) => path?.split('/').at(-1)));
    expect(new Set(out.map(({ json }) => json._id)).size).toBe(9);
  });

  it('goes on after a failed item when asked to, which stays in its place', async () => {
    const broken = { options: { concurrency: 4, filename: '={{ $itemIndex % 3 === 1 ? "" : "fine" }}' } };
    const { items: out, execution } = await run(broken, items, {
      node: { onError: 'continueRegularOutput' },
    });
    expect(execution.status).toBe('success');
    expect(out.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
    expect(out.map(({ json }) => 'error' in json)).toEqual(items.map((_, index) => index % 3 === 1));
    expect(out[1]?.json).toMatchObject({
      error: 'File Name: must have 1 to 255 characters (got an empty string)',
      details: { code: 'validation', issues: [{ field: 'filename', rule: 'length' }] },
    });
    expect(creates(emulator)).toHaveLength(6);
  });

  it('sends failed items to the error output, with their input', async () => {
    const broken = { options: { filename: '={{ $itemIndex === 1 ? "" : "fine" }}' } };
    const { node } = await run(broken, items.slice(0, 3), { node: { onError: 'continueErrorOutput' } });
    const [fine, failed] = node?.outputs ?? [];
    expect(fine?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
    expect(failed).toMatchObject([
      {
        pairedItem: { item: 1 },
        json: {
          error: expect.stringContaining('File Name'),
          details: { code: 'validation', issues: [{ field: 'filename' }] },
          fileName: 'audio.mp3',
        },
      },
    ]);
  });

  it('stops at a failed item otherwise, and says which one it was', async () => {
    const { error, execution } = await run(
      { options: { filename: '={{ $itemIndex === 1 ? "" : "fine" }}', concurrency: 1 } },
      items,
    );
    expect(execution.status).toBe('error');
    expect(error).toMatchObject({
      name: 'NodeOperationError',
      message: 'File Name: must have 1 to 255 characters (got an empty string)',
      description: expect.stringContaining('Nothing was sent'),
      context: { itemIndex: 1 },
    });
    expect(creates(emulator)).toHaveLength(1);
  });
});
