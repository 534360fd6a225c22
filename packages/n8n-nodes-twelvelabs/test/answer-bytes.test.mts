import { finished, Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { answerBytes } from '../nodes/host/answer-bytes';

async function read(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const piece of bytes) text += Buffer.from(piece).toString();
  return text;
}

// What axios does: until the answer ends it listens to the request's signal, and passes an abort on as an error of it.
it('ends the request before axios lets go of its signal, and takes the answer for whole', async () => {
  const stream = Readable.from([Buffer.from('an '), Buffer.from('answer')], { objectMode: false });
  const order: string[] = [];
  finished(stream, () => order.push('let go'));
  const release = () => {
    order.push('released');
    stream.emit('error', new Error('canceled'));
    stream.destroy();
  };
  expect(await read(answerBytes(stream, release))).toBe('an answer');
  expect(order).toEqual(['released', 'let go']);
});

it('fails with an answer that broke off, and releases nothing', async () => {
  const stream = Readable.from(
    (async function* () {
      yield Buffer.from('half');
      throw new Error('reset');
    })(),
    { objectMode: false },
  );
  let released = 0;
  await expect(read(answerBytes(stream, () => released++))).rejects.toThrow('reset');
  expect(released).toBe(0);
});
