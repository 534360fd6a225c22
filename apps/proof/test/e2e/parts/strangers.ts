import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { copyFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { beforeAll, describe, expect, it } from 'vitest';
import { MARKER } from '../../../src/hostile/attack.ts';
import type { Hosts } from '../../../src/hosts.ts';
import { largeVideo } from '../../../src/matrix/media.ts';

// What a message from a stranger can do in a flow that wires `http in` to a node.

const SECRET = 'root:x:0:0:kept on this machine';
const disguise = { originalname: 'x.mp4', mimetype: 'video/mp4' };
const text = (name: string) => ({ [name]: 'any', [`${name}Type`]: 'str' });

/** Every node that takes a file from a message. */
const NODES: Readonly<Record<string, object>> = {
  'create-asset': {},
  analyze: text('prompt'),
  'index-asset': text('index'),
  search: { ...text('index'), image: 'payload', imageType: 'msg' },
  embed: { inputType: 'video', inputTypeType: 'fixed' },
  entity: { ...text('collection'), ...text('entityName'), images: 'payload', imagesType: 'msg' },
};
const PATHS = { usual: 'text', strict: 'none' } as const;
type Flow = readonly [node: string, paths: keyof typeof PATHS];
const FLOWS = Object.keys(NODES).flatMap((node): [string, Flow][] => [
  [`${node}, as usual`, [node, 'usual']],
  [`${node}, content only`, [node, 'strict']],
]);
const USUAL: Flow = ['create-asset', 'usual'];
const STRICT: Flow = ['create-asset', 'strict'];

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
    const send = ([node, paths]: Flow, message: Record<string, unknown>, settings = NODES[node]) => {
      const { emulator } = hosts().runnerOf('Node-RED');
      const account = { baseUrl: emulator.baseUrl, apiKey: MARKER };
      const own = { type: `twelvelabs-${node}`, paths: PATHS[paths], pathsType: 'fixed', ...settings };
      return hosts().nodeRed.driver.send(message, own, account);
    };

    async function refused(flow: Flow, message: Record<string, unknown>, settings?: object) {
      const { emulator } = hosts().runnerOf('Node-RED');
      const before = emulator.requests().length;
      const { error } = await send(flow, message, settings);
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
        'all that multer says, and its true size',
        () => ({
          path: secret,
          destination: folder,
          filename: 'passwd',
          fieldname: 'a',
          encoding: '7bit',
          size: Buffer.byteLength(SECRET) + 1,
          ...disguise,
        }),
      ],
      ['a real video', () => ({ path: video, ...disguise })],
      ['text', () => secret],
      ['a file: URL', () => `file://${secret}`],
    ];

    describe.each(FLOWS)('%s', (_name, flow) => {
      it.each(named)('a local file named by %s is not sent', (_, payload) =>
        refused(flow, { payload: payload() }),
      );

      it('a false name and type do not help', async () => {
        const twelvelabs = { filename: 'x.mp4', mediaType: 'video/mp4' };
        // A search keeps no file, and has no name for one.
        const names = flow[0] === 'search' ? {} : { twelvelabs };
        await refused(flow, { payload: secret, ...names });
        await refused(flow, { payload: { path: secret, ...disguise }, ...names });
      });

      it.each([{ paths: 'any' }, { checkContent: false }])(
        'a setting that protects is not overridden: %j',
        (twelvelabs) => refused(flow, { payload: secret, twelvelabs }),
      );

      it('what is there is not told: a file, a folder and nothing give the same error', async () => {
        const errors = new Set<unknown>();
        for (const path of [secret, folder, join(folder, 'nothing'), video]) {
          const { error } = await send(flow, { payload: { path, ...disguise } });
          errors.add(error?.message);
        }
        expect(errors.size).toBe(1);
      });

      it.each([
        'req.socket.__proto__.x',
        '__proto__.polluted',
        'payload.__proto__.polluted',
        'res.end',
        'constructor.prototype.x',
      ])('an output of %s ends nothing', (output) =>
        refused(flow, { payload: 'https://example.com/a.mp4', twelvelabs: { output } }),
      );
    });

    it.each(['https://evil.example/v1.3/assets', '//evil.example/assets', '../../admin', '/assets/../../x'])(
      'a request to %s is not sent',
      (path) => refused(['request', 'strict'], { payload: path }, { path: 'payload', pathType: 'msg' }),
    );

    it('text names a file where the author lets it', async () => {
      expect((await send(USUAL, { payload: video })).asset).toMatchObject({ filename: 'stranger.mp4' });
    });

    it('a symbolic link is followed', async () => {
      const link = join(folder, 'link.mp4');
      await symlink(video, link);
      expect((await send(USUAL, { payload: link })).asset).toMatchObject({ filename: 'link.mp4' });
    });

    it('content only: content is sent, a path is not', async () => {
      await refused(STRICT, { payload: video });
      const payload = { base64: readFileSync(sampleVideo, 'base64'), ...disguise };
      expect((await send(STRICT, { payload })).asset).toMatchObject({ filename: 'x.mp4' });
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
        const sending = paths.map((payload) => send(USUAL, { payload }));
        const refusals = () => emulator.requests().filter(({ status }) => status === 429).length;
        await expect.poll(refusals, { timeout: 60_000 }).toBe(paths.length);
        for (const path of paths) {
          await rm(path);
          execFileSync('mkfifo', [path]);
        }
        for (const { error } of await Promise.all(sending)) expect(error?.code).toBe('file_read');
        const { asset } = await send(USUAL, { payload: video });
        expect(asset).toMatchObject({ filename: 'stranger.mp4' });
      },
    );
  });
