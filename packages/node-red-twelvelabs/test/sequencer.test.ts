import { expect, test } from 'vitest';
import { Sequencer } from '../src/runtime/sequencer.ts';

test('turns come in the order of entering, whoever is done first', async () => {
  const sequencer = new Sequencer();
  const order: string[] = [];
  const [slow, quick] = [sequencer.enter(), sequencer.enter()];
  const quickDone = quick.turn.then(() => order.push('quick')).finally(quick.leave);
  await slow.turn;
  order.push('slow');
  slow.leave();
  await quickDone;
  expect(order).toEqual(['slow', 'quick']);
});
