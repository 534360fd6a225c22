import { parsedJson } from '../text/parsed-json.ts';
import { shapeOf } from '../validation/shape.ts';
import { UnusableAnswerError } from './errors/unusable-answer-error.ts';
import type { Analysis, AnalysisTask, Segment } from './schema.ts';

/** What an answer was to be, beyond a text. */
interface Format {
  readonly type?: string | null | undefined;
}

/**
 * The answer of a task that is `ready`, as `analyze` returns it: with the parsed JSON, or the segments, where the task
 * was asked for them.
 * @throws {UnusableAnswerError} when it is cut off (unless `allowPartial`), or no JSON although a schema was given
 */
export function answerOf(
  { task_id, result, error, request_params }: AnalysisTask,
  { allowPartial = false }: { readonly allowPartial?: boolean | undefined } = {},
): Analysis {
  const { generation_id, data = '', ...rest } = result ?? {};
  const analysis: Analysis = {
    ...rest,
    id: generation_id ?? undefined,
    data,
    finish_reason: result?.finish_reason ?? undefined,
    usage: result?.usage ?? undefined,
    ...(error ? { error } : {}),
    task_id,
  };
  return completed(analysis, request_params?.response_format ?? undefined, allowPartial);
}

/**
 * Completes an answer with what was asked for: the parsed JSON, or the segments.
 * @throws {UnusableAnswerError} when it is cut off and that is not allowed, or is no JSON
 */
export function completed(analysis: Analysis, format: Format | undefined, allowPartial: boolean): Analysis {
  if (analysis.finish_reason === 'length') {
    if (!allowPartial)
      throw new UnusableAnswerError('cut_off', analysis, analysis.error?.message ?? undefined);
    // A part of a JSON text is none.
    return analysis;
  }
  if (!format) return analysis;
  const json = jsonOf(analysis);
  return format.type === 'segment_definitions'
    ? { ...analysis, segments: segmentsOf(json, analysis) }
    : { ...analysis, json };
}

/**
 * Reads the text as it came, and as it was meant where the platform escaped it wrongly: all of it once more
 * (`{\"a\": 1}`, also in quotes), or characters that JSON does not escape (`it\'s`). Seen in answers; nothing else is
 * repaired.
 */
function jsonOf(analysis: Analysis): unknown {
  const text = analysis.data.trim();
  const value = parsedJson(text);
  if (value !== undefined) return typeof value === 'string' ? (parsedObject(value) ?? value) : value;
  const unescaped = parsedJson(`"${text}"`);
  const meant =
    (typeof unescaped === 'string' ? parsedObject(unescaped) : undefined) ??
    parsedJson(text.replace(/\\([\\"/bfnrtu])|\\/g, (whole, known) => (known ? whole : '')));
  if (meant === undefined) throw new UnusableAnswerError('not_json', analysis);
  return meant;
}

/** An object or a list: any other text inside a text is a text. */
function parsedObject(text: string): unknown {
  return /^\s*[{[]/.test(text) ? parsedJson(text) : undefined;
}

/** `{ [definition]: [{ start_time, end_time, metadata }] }` as one list. Source: the published `AnalyzeTaskResult`. */
function segmentsOf(json: unknown, analysis: Analysis): Segment[] {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new UnusableAnswerError('not_json', analysis, `expected an object, got ${shapeOf(json)}`);
  return Object.entries(json).flatMap(([definition, found]) =>
    (Array.isArray(found) ? found : []).map((segment) => ({ ...segment, definition })),
  );
}
