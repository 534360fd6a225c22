import { describe, expect, it } from 'vitest';
import { MARKER } from '../../../src/hostile/attack.ts';
import { type Answer, endlessly, hostileServer, json, respond } from '../../../src/hostile/server.ts';
import type { Hosts } from '../../../src/hosts.ts';

const MiB = 1024 ** 2;
const VARIABLE = `\${X}`;
const asset = (index: number) => ({
  _id: index.toString(16).padStart(24, '0'),
  filename: `<img src=x onerror=alert(1)>${'x'.repeat(10_000)}`,
  file_type: { toString: 'x' },
  created_at: 7,
});

/** What whoever answers at the base URL may do, and how it must not end. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  'a page': respond(200, '<p>Log in', { 'content-type': 'text/html' }),
  'a page that says it is JSON': respond(200, '<p>Log in'),
  'an endless body': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n');
    return endlessly(socket, ' '.repeat(16_384));
  },
  'endless nesting': respond(200, '['.repeat(4 * MiB)),
  'a list of something else': json({ data: [null, 7, { _id: '../../admin' }], page_info: {} }),
  nothing: () => undefined,
  'an end in mid-answer': (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'),
  'a server error': respond(500, 'internal-secret-42'),
  'a refused key': respond(401, JSON.stringify({ code: 'internal-secret-42', message: MARKER })),
};

/** What Node-RED's editor asks while somebody types, as an editor, a web page or anybody else may ask it. */
export const offers = (hosts: () => Hosts) =>
  describe("Node-RED's offers while typing", () => {
    const nodeRed = () => hosts().nodeRed.driver.nodeRed;
    const ask = (body: unknown) => nodeRed().call<unknown>('/twelvelabs-config/offers', body);
    const requests = () => hosts().vendor.server.requests;

    it.each(['other', 'nobody', '', '__proto__', 'constructor', 'toString', ['ours'], { id: 'ours' }, null])(
      'ask nobody for what is no account of ours: %j',
      async (id) => {
        const before = requests().length;
        for (const offer of ['assets', 'indexes', 'collections'])
          expect(await ask({ id, offer, typed: '' })).toEqual([]);
        expect(requests()).toHaveLength(before);
      },
    );

    it.each(['__proto__', 'constructor', 'toString', 'keys', ['assets'], null])(
      'have no list called %j',
      async (offer) => {
        const before = requests().length;
        expect(await ask({ id: 'ours', offer, typed: '' })).toEqual([]);
        expect(requests()).toHaveLength(before);
      },
    );

    it('send the stored key to the stored address, whatever a request names', async () => {
      await using elsewhere = await hostileServer(json({ data: [] }));
      const before = requests().length;
      for (const typed of [elsewhere.url, '../../admin', `a&b=${elsewhere.url}`, VARIABLE, 'x\r\nx-evil: 1'])
        await ask({ id: 'ours', offer: 'assets', typed, baseUrl: elsewhere.url, apiKey: 'tlk_any' });
      const sent = requests().slice(before);
      expect(sent.map(({ headers }) => headers['x-api-key'])).toEqual(sent.map(() => MARKER));
      for (const { target, head } of sent) {
        expect(target).toMatch(/^\/v1\.3\/assets\?/);
        expect(head).not.toMatch(/^x-evil/m);
      }
      // What was typed is text, also where Node-RED would read a variable.
      expect(decodeURIComponent(sent.at(3)?.target ?? '')).toContain(`filename=${VARIABLE}`);
      expect(elsewhere.connections).toBe(0);
    });

    it('do not follow a redirect', async () => {
      const { vendor } = hosts();
      await using elsewhere = await hostileServer(json({ data: [] }));
      vendor.answer = respond(307, '', { location: `${elsewhere.url}/stolen` });
      try {
        expect(await ask({ id: 'ours', offer: 'assets', typed: '' })).toEqual([]);
      } finally {
        vendor.answer = json({ data: [], page_info: { page: 1 } });
      }
      expect(elsewhere.connections).toBe(0);
    });

    it('end, with nothing, at whatever answers', { timeout: 60_000 }, async () => {
      const { vendor } = hosts();
      vendor.answer = (socket, request) => {
        const name = new URL(request.target, vendor.server.url).searchParams.get('filename') ?? '';
        return ANSWERS[name]?.(socket, request);
      };
      try {
        const names = Object.keys(ANSWERS);
        const answers = names.map((typed) => ask({ id: 'ours', offer: 'assets', typed }));
        expect(await Promise.all(answers)).toEqual(names.map(() => []));
      } finally {
        vendor.answer = json({ data: [], page_info: { page: 1 } });
      }
    });

    it('are few and short, however many and long the names are', async () => {
      const { vendor } = hosts();
      vendor.answer = json({ data: Array.from({ length: 500 }, (_, index) => asset(index)), page_info: {} });
      try {
        const found = (await ask({ id: 'ours', offer: 'assets', typed: '' })) as { label: string }[];
        expect(found.length).toBeLessThanOrEqual(20);
        expect(JSON.stringify(found).length).toBeLessThan(10_000);
      } finally {
        vendor.answer = json({ data: [], page_info: { page: 1 } });
      }
    });

    it.each([
      ['a GET', { method: 'GET' }],
      ['a form', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
      ['plain text', { method: 'POST', headers: { 'content-type': 'text/plain' } }],
    ])('are not given to what a page of another origin can send: %s', async (_, init) => {
      const before = requests().length;
      const body = init.method === 'POST' ? { body: 'id=ours&offer=assets&typed=' } : {};
      for (const path of ['offers?id=ours&offer=assets&typed=', 'ours/assets?typed=', 'files?typed=/']) {
        const response = await nodeRed().request(`/twelvelabs-config/${path}`, { ...init, ...body });
        expect([404, 415]).toContain(response.status);
      }
      expect(requests()).toHaveLength(before);
    });

    it.each<[string, unknown]>([
      ['no object', []],
      ['a name that is no text', { offer: 'files', typed: { toString: 'x' } }],
      ['an account that is no text', { id: { toString: 'x' }, offer: 'assets', typed: '' }],
      ['a NUL', { offer: 'files', typed: '\0' }],
      ['a megabyte', { offer: 'files', typed: '/'.repeat(MiB) }],
      ['a file instead of a folder', { offer: 'files', typed: '/etc/passwd/' }],
      ['nothing', {}],
    ])('end nothing when asked with %s', async (_, body) => {
      for (const route of [
        'twelvelabs-config/offers',
        'twelvelabs-config/test',
        'twelvelabs-asset-events/example',
      ])
        await nodeRed().call(`/${route}`, body);
      expect(await ask({ offer: 'files', typed: '/etc/passw' })).toContainEqual(
        expect.objectContaining({ value: '/etc/passwd' }),
      );
      expect(nodeRed().running).toBe(true);
    });
  });
