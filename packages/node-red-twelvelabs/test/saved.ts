import type { Host, Message } from './host.ts';

/** Typed inputs as the editor saves them, with what a fixed text holds. */
export const texts = (values: Record<string, string>): Message =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => [
      [name, value],
      [`${name}Type`, 'str'],
    ]),
  );
export const json = (name: string, value: unknown): Message => ({
  [name]: JSON.stringify(value),
  [`${name}Type`]: 'json',
});
export const fromPayload = (name: string): Message => ({ [name]: 'payload', [`${name}Type`]: 'msg' });
export const on = (name: string): Message => ({ [name]: 'true', [`${name}Type`]: 'bool' });

/** Runs a node, and what it asked the platform. */
export async function runOn(host: Host, folder: string, saved: Message, message: Message) {
  const before = host.emulator.requests().length;
  const { sent, error } = await host.run(folder, saved, message);
  const requests = host.emulator.requests().slice(before);
  return {
    sent,
    error,
    payload: sent.at(-1)?.payload as never,
    requests,
    posts: requests.filter(({ method }) => method === 'POST'),
  };
}
