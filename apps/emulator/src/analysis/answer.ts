import { invalid } from '../errors.ts';
import { madeUpJson } from '../made-up/json.ts';
import type { Span } from '../made-up/spans.ts';
import { countTokens, cutToTokens, madeUpAnswer } from '../made-up/text.ts';
import type { MediaFacts } from '../media/facts.ts';
import type { Answer } from '../store/answer.ts';
import type { DefinedAnswers } from './defined-answers.ts';

/** Tokens of an answer without `max_tokens`. Source: "Create an analysis". */
const defaultMaxTokens = 4096;

/**
 * The answer to a question: a defined one if its pattern matches, else a made-up one.
 *
 * @throws {PlatformError} 400 when the schema for the answer is not a valid one.
 */
export function answerQuestion(
  defined: DefinedAnswers,
  question: { text: string; schema?: Record<string, unknown> | undefined; maxTokens?: number | undefined },
  facts: MediaFacts,
  window: Span,
): Answer {
  const { text, schema } = question;
  const answer = defined.find(text, facts.filename);
  const whole = answer ?? (schema === undefined ? madeUpAnswer(text, facts, window) : schemaAnswer(schema));
  return limitedAnswer(whole, question.maxTokens ?? defaultMaxTokens, countTokens(text));
}

/** An answer with its price, cut off where it grows over `maxTokens`. */
export function limitedAnswer(whole: string, maxTokens: number, promptTokens: number): Answer {
  const data = cutToTokens(whole, maxTokens);
  const usage = { output_tokens: countTokens(data), input_tokens: promptTokens };
  if (data.length === whole.length) return { data, finish_reason: 'stop', usage };
  return {
    data,
    finish_reason: 'length',
    usage,
    error: {
      message:
        'output truncated: the generation reached the configured max_tokens. The partial output is returned; raise max_tokens (up to 98304) if you need a longer response.',
    },
  };
}

function schemaAnswer(schema: Record<string, unknown>): string {
  try {
    return JSON.stringify(madeUpJson(schema));
  } catch (error) {
    throw invalid('response_format.json_schema', `${error instanceof Error ? error.message : error}.`);
  }
}
