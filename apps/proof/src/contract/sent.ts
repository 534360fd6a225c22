import type { Emulator } from '@twelvelabs-nodes/emulator';

/** What reached the platform, without what has to differ: ids, times, and how often somebody looked. */
export function sentTo(emulator: Emulator, from: number): unknown[] {
  const sent = emulator
    .requests()
    .slice(from)
    .map(({ method, path, query, form, json, has_api_key, headers }) => ({
      method,
      path: anonymous(path),
      query: 'X-Signature' in query ? { ...query, 'X-Signature': [] } : query,
      form,
      json: json === null ? null : JSON.parse(anonymous(JSON.stringify(json))),
      has_api_key,
      encoding: headers['accept-encoding'],
    }));
  return sent
    .filter((request, index) => index === 0 || JSON.stringify(request) !== JSON.stringify(sent[index - 1]))
    .map((request) => (request.form === null ? request : { ...request, json: null }));
}

const anonymous = (text: string) =>
  text.replace(/\b[0-9a-f]{24}\b/g, '(id)').replace(/\/storage\/[^"?]*/g, '/storage/(target)');
