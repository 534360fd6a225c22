import { describe, expect, it } from 'vitest';
import { type AttackedClient, MARKER, ONCE } from '../../src/hostile/attack.ts';
import { attack } from '../../src/hostile/run.ts';
import { type Answer, endlessly, respond } from '../../src/hostile/server.ts';

const MiB = 1024 ** 2;
const question = {
  video: { type: 'asset_id', asset_id: '65f0a0b1c2d3e4f5a6b7c8d9' },
  prompt: 'What happens?',
} as const;

/** What reads an answer line by line. */
const calls: Record<string, (client: AttackedClient) => Promise<unknown>> = {
  analyze: ({ analysis }) => analysis.analyze(question, { ...ONCE, mode: 'sync' }),
  stream: async ({ analysis }) => {
    for await (const _ of analysis.stream(question, ONCE));
  },
};

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\n';
const PIECE = `${JSON.stringify({ event_type: 'text_generation', text: 'word '.repeat(3_000) })}\n`;
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
/** Writes `first`, and then `piece` without an end. */
const endless =
  (first: string, piece: string): Answer =>
  async (socket) => {
    socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n${first === '' ? '' : chunk(first)}`);
    await endlessly(socket, chunk(piece));
  };
const lines = (...events: readonly unknown[]): Answer =>
  respond(200, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
const end = (error?: object) => ({
  event_type: 'stream_end',
  finish_reason: 'stop',
  ...(error ? { error } : {}),
});

describe.each(Object.entries(calls))('an answer in lines, for %s', (_, call) => {
  it.each<[string, Answer]>([
    ['a line without an end', endless('', 'a'.repeat(64 * 1024))],
    [
      'a line of JSON without an end',
      endless('{"event_type":"text_generation","text":"', 'a'.repeat(64 * 1024)),
    ],
    ['lines without an end', endless('', PIECE)],
  ])('ends at %s', async (_name, answer) => {
    const { error, written } = await attack(answer, call);
    expect(error).toMatchObject({
      code: 'uncertain_outcome',
      message: expect.stringMatching(/longer than 32 MiB/),
    });
    expect(written).toBeLessThan(64 * MiB);
  });

  it('ends at blank lines without an end, which say nothing', async () => {
    const answer: Answer = async (socket) => {
      socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n`);
      while (!socket.destroyed) {
        socket.write(chunk('\n'));
        await new Promise((resolve) => setTimeout(resolve, 20).unref());
      }
    };
    const { error } = await attack(answer, call);
    expect(error).toMatchObject({ code: 'uncertain_outcome', message: expect.stringMatching(/no progress/) });
  });

  it.each<[string, Answer]>([
    ['an HTML page', respond(200, '<!doctype html><h1>Please log in</h1>')],
    ['nothing at all', respond(200, '')],
    ['nesting without an end', respond(200, `${'['.repeat(4 * MiB)}\n`)],
    ['closed nesting', respond(200, `${'['.repeat(2 * MiB)}${']'.repeat(2 * MiB)}\n`)],
    ['half a line', respond(200, `${PIECE}{"event_type":`)],
    ['lines that are no events', lines(null, 1, 'a', [], { event_type: {} }, { text: 5 })],
    [
      'a name of Object.prototype',
      lines({ event_type: '__proto__' }, { event_type: 'constructor', text: 'a' }),
    ],
    ['a connection that closes', (socket) => socket.end(`${HEAD}content-length: 100000\r\n\r\n${PIECE}`)],
    [
      'a connection that is reset',
      (socket) => socket.write(`${HEAD}\r\n${PIECE}`, () => socket.resetAndDestroy()),
    ],
  ])('that is %s leaves the outcome open', async (_name, answer) => {
    const { error, requests } = await attack(answer, call);
    expect(error.code).toBe('uncertain_outcome');
    expect(requests).toHaveLength(1);
  });

  it.each<[string, string]>([
    ['as it is', `bad key ${MARKER}`],
    ['as Base64', Buffer.from(`x${MARKER}`).toString('base64')],
  ])('the key in a line is taken out, %s', async (_name, message) => {
    const text = `said: ${message}`;
    const { error } = await attack(lines({ event_type: 'text_generation', text }, end({ message })), call);
    expect(error).toMatchObject({
      code: 'unusable_answer',
      analysis: { data: expect.stringContaining('***') },
    });
    expect(JSON.stringify(error)).not.toContain(message.slice(8, 24));
  });

  it('a reason of 7 MB with control characters is short, and in one line', async () => {
    const message = `no\r\n\u001b[2J\u2028 ${'x'.repeat(7_000_000)}`;
    const { error } = await attack(lines(end({ message })), call);
    expect(error.code).toBe('unusable_answer');
  });
});
