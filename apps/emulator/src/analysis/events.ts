import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../ids.ts';
import type { Answer } from '../store/answer.ts';

/** Characters of one fragment of a text. The platform splits anywhere, not at the ends of words. */
const fragmentLength = 24;

/** An answer as the lines of a stream, NDJSON, with a pause before each but the first. */
export async function* answerEvents(
  answer: Answer,
  options: { readonly now: number; readonly beforeTextMs: number; readonly gapMs: number },
  signal: AbortSignal,
): AsyncGenerator<string> {
  const generation_id = newId(options.now);
  yield line({ event_type: 'stream_start', metadata: { generation_id } });
  await sleep(options.beforeTextMs, undefined, { signal });
  for (const text of fragments(answer.data)) {
    await sleep(options.gapMs, undefined, { signal });
    yield line({ event_type: 'text_generation', text });
  }
  await sleep(options.gapMs, undefined, { signal });
  yield line({
    event_type: 'stream_end',
    finish_reason: answer.finish_reason,
    metadata: { generation_id, usage: answer.usage },
    ...(answer.error !== undefined && { error: answer.error }),
  });
}

function line(event: object): string {
  return `${JSON.stringify(event)}\n`;
}

/** Pieces of a text that never part the two halves of a character. */
function fragments(text: string): string[] {
  const characters = [...text];
  return Array.from({ length: Math.ceil(characters.length / fragmentLength) }, (_, index) =>
    characters.slice(index * fragmentLength, (index + 1) * fragmentLength).join(''),
  );
}
