import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { beforeAll, describe, expect, it } from 'vitest';
import { MARKER } from '../../../src/hostile/attack.ts';
import type { Hosts } from '../../../src/hosts.ts';
import { largeVideo } from '../../../src/matrix/media.ts';

// What a message from a stranger can do in a flow that wires `http in` to a node.

const SECRET = 'root:x:0:0:kept on this machine';
const disguise = { originalname: 'x.mp4', mimetype: 'video/mp4' };
const FLOWS = { usual: { paths: 'text' }, strict: { paths: 'none' } } as const;

export const strangers = (hosts: () => Hosts) =>
  describe('messages from strangers, in Node-RED', () => {
    let folder: string;
    let secret: string;
    let video: string;
    beforeAll(async () => {
      folder = hosts().files.dir;
      secret = join(folder, 'passwd');
      video = join(folder, 'stranger.mp4');
      await writeFile(secret, `${SECRET}\n`);
      await copyFile(sampleVideo, video);
    });
    const send = (flow: keyof typeof FLOWS, message: Record<string, unknown>, node: object = {}) => {
      const { emulator } = hosts().runnerOf('Node-RED');
      const account = { baseUrl: emulator.baseUrl, apiKey: MARKER };
      return hosts().nodeRed.driver.send(message, { ...FLOWS[flow], ...node }, account);
    };

    async function refused(flow: keyof typeof FLOWS, message: Record<string, unknown>, node: object = {}) {
      const { emulator } = hosts().runnerOf('Node-RED');
      const before = emulator.requests().length;
      const { error } = await send(flow, message, node);
      expect(error).toMatchObject({ code: 'validation' });
      expect(JSON.stringify(error)).not.toContain(SECRET);
      expect(emulator.requests()).toHaveLength(before);
      expect(hosts().nodeRed.driver.nodeRed.running).toBe(true);
    }

    const named: [string, () => unknown][] = [
      ['an object', () => ({ path: secret, ...disguise })],
      ['an object of another parser', () => ({ filepath: secret, name: 'x.mp4', type: 'video/mp4' })],
      ['an array of one', () => [{ path: secret, ...disguise }]],
      ['an outward path', () => ({ path: `../../../../../..${secret}`, ...disguise })],
      [
        'the credentials of Node-RED',
        () => ({ path: join(hosts().nodeRed.driver.nodeRed.userDir, 'flows_cred.json'), ...disguise }),
      ],
      [
        'all that multer says, but for the size',
        () => ({
          path: secret,
          destination: folder,
          filename: 'passwd',
          fieldname: 'a',
          size: 7,
          ...disguise,
        }),
      ],
      ['a real video', () => ({ path: video, ...disguise })],
      ['text', () => secret],
      ['a file: URL', () => `file://${secret}`],
    ];

    describe.each(['usual', 'strict'] as const)('set to %s', (flow) => {
      it.each(named)('a local file named by %s is not sent', (_, payload) =>
        refused(flow, { payload: payload() }),
      );

      it.each(['twelvelabs-analyze', 'twelvelabs-index-asset'])(
        'a local file named by an object is not sent by %s either',
        (type) =>
          refused(
            flow,
            { payload: { path: secret, ...disguise } },
            { type, prompt: 'What is it?', promptType: 'str', index: 'clips', indexType: 'str' },
          ),
      );

      it('a false name and type do not help', async () => {
        const twelvelabs = { filename: 'x.mp4', mediaType: 'video/mp4' };
        await refused(flow, { payload: secret, twelvelabs });
        await refused(flow, { payload: { path: secret, ...disguise }, twelvelabs });
      });

      it('the setting is not overridden', () =>
        refused(flow, { payload: { path: secret, ...disguise }, twelvelabs: { paths: 'any' } }));

      it.each([
        'req.socket.__proto__.x',
        '__proto__.polluted',
        'payload.__proto__.polluted',
        'res.end',
        'constructor.prototype.x',
      ])('an output of %s ends nothing', (output) =>
        refused(flow, { payload: 'https://example.com/a.mp4', twelvelabs: { output } }),
      );

      it.each([
        'https://evil.example/v1.3/assets',
        '//evil.example/assets',
        '../../admin',
        '/assets/../../x',
      ])('a request to %s is not sent', (path) =>
        refused(flow, { payload: path }, { type: 'twelvelabs-request', path: 'payload', pathType: 'msg' }),
      );
    });

    it('text names a file where the author lets it', async () => {
      expect((await send('usual', { payload: video })).asset).toMatchObject({ filename: 'stranger.mp4' });
    });

    it('content only: content is sent, a path is not', async () => {
      await refused('strict', { payload: video });
      const payload = { base64: readFileSync(sampleVideo, 'base64'), ...disguise };
      expect((await send('strict', { payload })).asset).toMatchObject({ filename: 'x.mp4' });
    });

    it.skipIf(process.platform === 'win32')(
      'files that became named pipes during their uploads block nothing',
      async () => {
        const { emulator } = hosts().runnerOf('Node-RED');
        await emulator.reset();
        // As many as Node.js has threads for files.
        const paths = Array.from({ length: 4 }, (_, index) => join(folder, `swapped-${index}.mp4`));
        for (const path of paths) await largeVideo(path, 1_000_000);
        // Each is sent once, refused by a limit, and to be read again.
        const limit = { type: 'respond', status: 429, headers: { 'retry-after': '2' } } as const;
        emulator.addFaults([
          { match: { method: 'POST', path: '/v1.3/assets', times: paths.length }, action: limit },
        ]);
        const sending = paths.map((payload) => send('usual', { payload }));
        const refusals = () => emulator.requests().filter(({ status }) => status === 429).length;
        await expect.poll(refusals, { timeout: 60_000 }).toBe(paths.length);
        for (const path of paths) {
          await rm(path);
          execFileSync('mkfifo', [path]);
        }
        for (const { error } of await Promise.all(sending)) expect(error?.code).toBe('file_read');
        const { asset } = await send('usual', { payload: video });
        expect(asset).toMatchObject({ filename: 'stranger.mp4' });
      },
    );
  });
