import { describe, expect, it } from 'vitest';
import { TwelveLabsClient } from '../src/index.ts';
import { undiciTransport } from '../src/node/index.ts';
import { usePlatform } from './support/platform.ts';
import { VirtualClock } from './support/virtual-clock.ts';

const platform = usePlatform();

function client() {
  const { apiKey, baseUrl } = platform.emulator;
  return new TwelveLabsClient({
    transport: undiciTransport({ apiKey, baseUrl }),
    clock: new VirtualClock(),
    baseUrl,
  });
}

describe('a request to any endpoint', () => {
  it('has the key, and returns the answer as it is', async () => {
    const page = await client().request({ method: 'GET', path: '/assets', query: { page_limit: 1 } });
    expect(page).toMatchObject({ data: [], page_info: { limit_per_page: 1 } });
  });

  it('sends a JSON body, and repeats the name of an array in the query', async () => {
    const json = { index_name: 'films', models: [{ model_name: 'marengo3.0', model_options: ['visual'] }] };
    expect(await client().request({ method: 'POST', path: 'indexes', json })).toHaveProperty('_id');
    await client().request({ method: 'GET', path: '/assets', query: { asset_types: ['video', 'image'] } });
    const { query } = platform.emulator.requests().at(-1) ?? {};
    expect(query).toMatchObject({ asset_types: ['video', 'image'] });
  });

  it('takes a method in lower case, and a path with a line break at its end', async () => {
    const read = client().request({ method: ' get' as 'GET', path: '/assets\n' });
    expect(await read).toMatchObject({ data: [] });
  });

  it('says what a value in the query may be', async () => {
    const query = { page: null } as unknown as { page: number };
    const refused = client().request({ method: 'GET', path: '/assets', query });
    const message = 'must be a string, a number, a boolean, or a list of these';
    await expect(refused).rejects.toMatchObject({ issues: [{ field: 'query.page', message }] });
  });

  it('is tried again, and a POST only when it certainly had no effect', async () => {
    const match = { times: 1 } as const;
    platform.emulator.addFaults([{ match, action: { type: 'respond', status: 503 } }]);
    await client().request({ method: 'GET', path: '/assets' });
    platform.emulator.addFaults([{ match, action: { type: 'respond', status: 503 } }]);
    const lost = client().request({ method: 'POST', path: '/indexes', json: {} });
    await expect(lost).rejects.toMatchObject({ code: 'uncertain_outcome' });
  });

  it.each([
    ['https://evil.example/assets', 'a URL'],
    ['//evil.example/assets', 'another host'],
    ['/../admin', 'a step up'],
    ['/assets/%2e%2E/admin', 'an encoded step up'],
    ['/assets/./x', 'a dot'],
    ['/assets//x', 'an empty segment'],
    ['/assets?page=1', 'a query'],
    ['/assets#x', 'a fragment'],
    ['/assets\\x', 'a backslash'],
    ['/assets x', 'a blank'],
    ['', 'nothing'],
  ])('refuses %j: %s', async (path) => {
    const refused = client().request({ method: 'GET', path });
    await expect(refused).rejects.toMatchObject({ code: 'validation', issues: [{ field: 'path' }] });
    expect(platform.emulator.requests()).toEqual([]);
  });

  it('reports all problems at once', async () => {
    const refused = client().request(
      { method: 'HEAD' as never, path: '..', query: { a: {} as never } },
      { timeout: 0 },
    );
    const fields = ['method', 'path', 'query.a', 'timeout'];
    await expect(refused).rejects.toMatchObject({ issues: fields.map((field) => ({ field })) });
  });
});
