import { z } from 'zod/v4';

const milliseconds = z.number().int().positive();
const byteCount = z.number().int().nonnegative();
const lineCount = z.number().int().nonnegative();
const headers = z.record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'must be a header name'), z.string());

/** Which requests a rule is about. Without fields: all but those to `/_emulator`. */
const faultMatch = z.strictObject({
  /** HTTP method, in any case. */
  method: z.string().min(1).optional(),
  /** The whole path, without the query; `*` stands for any number of any characters. */
  path: z.string().startsWith('/').optional(),
  /** The rule acts from the nth matching request on, counted from 1. */
  nth: z.number().int().positive().default(1),
  /** On how many requests it acts; `always` never ends. */
  times: z.union([z.number().int().positive(), z.literal('always')]).default(1),
});

/** What happens to a request. */
export const faultAction = z.discriminatedUnion('type', [
  /** Answers this in place of the real answer; nothing is stored. */
  z.strictObject({
    type: z.literal('respond'),
    status: z.number().int().min(200).max(599),
    headers: headers.default({}),
    /** A string goes out as it is, anything else as JSON. */
    body: z.unknown().optional(),
    /** false: answers before the body has been read. */
    readBody: z.boolean().default(true),
  }),
  /** Sends the client elsewhere. */
  z.strictObject({
    type: z.literal('redirect'),
    location: z.string().min(1),
    status: z
      .union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)])
      .default(307),
    readBody: z.boolean().default(true),
  }),
  /** Answers as storage does when a presigned URL is too old. */
  z.strictObject({ type: z.literal('expired-url') }),
  /** Really does what was asked, and answers late or slowly. */
  z.strictObject({
    type: z.literal('delay'),
    /** Before the first byte of the answer. */
    beforeHeadersMs: milliseconds.optional(),
    /** Between each byte of the body and the next. */
    betweenBytesMs: milliseconds.optional(),
  }),
  /** Breaks the connection (TCP RST). */
  z.strictObject({
    type: z.literal('reset'),
    /**
     * `before-reading`: once the head is there. `during-body`: after `afterBytes` of it. `after-body`: all of it came,
     * nothing is stored. `after-stored`: all is done, only the answer never leaves.
     */
    at: z.enum(['before-reading', 'during-body', 'after-body', 'after-stored']),
    afterBytes: byteCount.default(0),
  }),
  /** Does what was asked; the answer ends, with the connection, `afterBytes` behind `afterLines` of its body. */
  z.strictObject({
    type: z.literal('truncate'),
    afterLines: lineCount.default(0),
    afterBytes: byteCount.default(1),
  }),
  /** Goes silent with the connection open, for `ms` or until the client leaves. */
  z.strictObject({
    type: z.literal('stall'),
    while: z.enum(['reading', 'answering']),
    /** Lines of the answer that still pass, such as the events of a stream. */
    afterLines: lineCount.default(0),
    /** Bytes of the body (of the request, of the answer behind those lines) that still pass. */
    afterBytes: byteCount.default(0),
    ms: milliseconds.optional(),
  }),
  /** Does what was asked; the answer contains another line after `afterLines`, such as an error event. */
  z.strictObject({
    type: z.literal('insert-line'),
    afterLines: lineCount.default(1),
    /** A string goes out as it is, anything else as JSON. */
    line: z.unknown().default({
      event_type: 'stream_end',
      error: { message: 'The generation failed. Please try again later.' },
    }),
    /** false: the answer goes on behind it. */
    end: z.boolean().default(true),
  }),
  /** Does what was asked; the answer's body is no JSON. */
  z.strictObject({ type: z.literal('invalid-json'), body: z.string().default('{"_id": "65f0') }),
  /** Does what was asked; the answer says it is something else. */
  z.strictObject({
    type: z.literal('content-type'),
    value: z.string().default('text/html; charset=utf-8'),
    /** In place of the real body. */
    body: z.string().optional(),
  }),
  /** Does what was asked; the ETag of the answer is not the content's. */
  z.strictObject({ type: z.literal('corrupt-etag') }),
]);

const faultRule = z.strictObject({ match: faultMatch.prefault({}), action: faultAction });
export const faultRules = z.array(faultRule);

/** A rule as callers write it. */
export type FaultRule = z.input<typeof faultRule>;
export type Fault = z.output<typeof faultRule>;
export type FaultAction = z.output<typeof faultAction>;
