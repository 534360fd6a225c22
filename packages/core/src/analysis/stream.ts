import { AbortedError } from '../errors/aborted-error.ts';
import { TwelveLabsError } from '../errors/twelvelabs-error.ts';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.ts';
import type { CallContext } from '../http/call.ts';
import { check } from '../validation/parse.ts';
import { askQuestion } from './endpoints.ts';
import { UnusableAnswerError } from './errors/unusable-answer-error.ts';
import type { CheckedAskParams } from './params.ts';
import { type Analysis, analysisEvent } from './schema.ts';

/**
 * Milliseconds without a line after which an answer counts as stalled. Between the first line and the text the platform
 * computes in silence: 56 s for a video of 8 minutes, over 121 s for one of an hour (seen in live use).
 */
const ANSWER_IDLE_TIMEOUT = 300_000;

/**
 * Asks a question and reads its answer as it arrives.
 * @returns the whole answer
 * @throws {UnusableAnswerError} when the platform reports an error in the middle of its answer
 * @throws {UncertainOutcomeError} when the answer is lost on the way: it was computed and billed
 */
export async function ask(
  context: CallContext,
  params: CheckedAskParams,
  onText: (text: string) => Promise<void> | void = () => undefined,
): Promise<Analysis> {
  const patient = { ...context, idleTimeout: context.idleTimeout ?? ANSWER_IDLE_TIMEOUT };
  const lines = await askQuestion.send(patient, { ...params, stream: true });
  return received(lines, onText);
}

async function received(
  lines: AsyncIterable<unknown>,
  onText: (text: string) => Promise<void> | void,
): Promise<Analysis> {
  let analysis: Analysis = { id: undefined, data: '', finish_reason: undefined, usage: undefined };
  for await (const line of explained(lines)) {
    const { data: event } = check(analysisEvent, line, 'line');
    if (!event) continue;
    const { event_type, text, metadata, finish_reason, error } = event;
    const id = metadata?.generation_id ?? analysis.id;
    const usage = metadata?.usage ?? analysis.usage;
    const isPiece = event_type === 'text_generation' && text;
    analysis = {
      ...analysis,
      id,
      usage,
      data: isPiece ? analysis.data + text : analysis.data,
      finish_reason: finish_reason ?? analysis.finish_reason,
      ...(error ? { error } : {}),
    };
    // With the finish reason "length", the error says why the text is cut off.
    if (error && analysis.finish_reason !== 'length')
      throw new UnusableAnswerError('failed', analysis, error.message ?? undefined);
    if (isPiece) await onText(text);
    if (event_type === 'stream_end') return analysis;
  }
  throw lost('it ended before its last event');
}

/** Failures of the connection, as what they mean for the caller. */
async function* explained(lines: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* lines;
  } catch (error) {
    if (!TwelveLabsError.is(error) || error instanceof AbortedError) throw error;
    throw lost(error.message, error);
  }
}

function lost(why: string, cause?: unknown): UncertainOutcomeError {
  return new UncertainOutcomeError({
    sent: 'The question was sent and its answer began',
    thing: 'the rest of the answer, which is billed,',
    why,
    hint: 'Ask again, which is billed again; as a task (mode "task"), an answer survives a lost connection.',
    cause,
  });
}
