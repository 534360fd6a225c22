import { z } from 'zod/v4';
import { GiB, MiB } from './bytes.ts';

const bytes = z.number().int().positive();
const milliseconds = z.number().int().nonnegative();

/**
 * Size limits in bytes. "MB" and "GB" of the reference are read as MiB and GiB, so that the emulator never refuses
 * what the platform takes.
 */
const limitsSchema = z.strictObject({
  /** A local video or audio file. Source: "Create an asset", upload limits. */
  direct: bytes.default(200 * MiB),
  /** A video or audio file from a URL. Source: the same. */
  url: bytes.default(4 * GiB),
  /** An image, local or from a URL. Source: the same; newer pages say 32 MB. */
  image: bytes.default(5 * MiB),
  /** A video or audio file by multipart upload. Source: "Create a multipart upload session". */
  multipart: bytes.default(10 * GiB),
  /** An image by multipart upload. Source: the same. */
  multipartImage: bytes.default(32 * MiB),
  /** Bytes that the store may contain in all, as if the disk were this large; over it, 507. None by default. */
  storage: bytes.optional(),
});

const rateLimitSchema = z.strictObject({
  /** Requests of one category (`POST /assets`, everything else) that one key may make in a window. */
  limit: z.number().int().positive(),
  /** Length of the window in seconds. */
  windowSeconds: z.number().int().positive().default(60),
  /** Whether a 429 also carries `Retry-After`; the reference does not say. */
  retryAfter: z.boolean().default(false),
});

export const optionsSchema = z.strictObject({
  /** TCP port; 0 takes a free one. */
  port: z.number().int().min(0).max(65_535).default(0),
  /** Address to listen on. Anything but loopback makes the store readable to others. */
  host: z.string().min(1).default('127.0.0.1'),
  /** Folder of the database and the files. Without it a temporary one, removed on close. */
  dataDir: z.string().min(1).optional(),
  apiKeys: z.array(z.string().min(1)).min(1).default(['tlk_emulator']),
  rateLimit: rateLimitSchema.optional(),
  limits: limitsSchema.prefault({}),
  /** Bytes of each part of a multipart upload. S3 takes no part under 5 MiB but the last. */
  chunkSize: bytes.default(5 * MiB),
  /** Presigned URLs in the answer that opens a session; the rest has to be asked for. */
  initialUploadUrls: z.number().int().min(0).default(50),
  /** Headers that every PUT to a presigned URL has to carry, as the client reads in `upload_headers`. */
  uploadHeaders: z.record(z.string(), z.string()).default({ 'Content-Type': 'application/octet-stream' }),
  /** Files up to this many bytes answer `ready` at once, as older versions of the platform do. 0: none. */
  instantReadyBytes: z.number().int().nonnegative().default(0),
  /** Least time an asset stays `processing`. */
  processingMs: milliseconds.default(0),
  /** Time that a question takes: until the answer, or until the first text of a stream. */
  answerMs: milliseconds.default(0),
  /** Time between two lines of a streamed answer. */
  streamGapMs: milliseconds.default(0),
  /** ffmpeg's path or command; `false` behaves as if there were none. */
  ffmpeg: z.union([z.string().min(1), z.literal(false)]).default('ffmpeg'),
  /** What probing, thumbnails and streams may cost, so that no file takes the machine down. */
  media: z
    .strictObject({
      /** Longest time that one of these may take. */
      seconds: z.number().positive().default(300),
      /** Pixels of the largest picture that is decoded. 64 megapixels are more than twice 8K video. */
      pixels: z.number().int().positive().default(64_000_000),
    })
    .prefault({}),
  download: z
    .strictObject({
      /** Whole time of one `url` download. */
      totalMs: milliseconds.default(30 * 60_000),
      /** Longest silence of the other side. */
      idleMs: milliseconds.default(30_000),
      maxRedirects: z.number().int().nonnegative().default(5),
    })
    .prefault({}),
  /** Requests that the journal keeps; older ones fall out. */
  journalSize: z.number().int().positive().default(10_000),
  /** Bytes of memory that these take at most, about. */
  journalBytes: bytes.default(64 * MiB),
  /** How long `close()` waits for requests that are under way. */
  closeGraceMs: milliseconds.default(1000),
});

/** What {@link startEmulator} takes; every field has a default. */
export type EmulatorOptions = z.input<typeof optionsSchema>;
export type Options = z.output<typeof optionsSchema>;
export type RateLimitOptions = z.output<typeof rateLimitSchema>;

/**
 * Fills in defaults.
 *
 * @throws {TypeError} naming each wrong field, its rule and the shape of what came.
 */
export function parseOptions(input: EmulatorOptions): Options {
  const result = optionsSchema.safeParse(input);
  if (result.success) return result.data;
  throw new TypeError(`Bad emulator options: ${describeIssues(result.error, input)}`);
}

/** `field: rule (got shape); …` for each issue of a zod error. */
export function describeIssues(error: z.ZodError, input: unknown): string {
  return error.issues
    .map((issue) => {
      const field = issue.path.length === 0 ? '(the whole value)' : issue.path.join('.');
      return `${field}: ${issue.message} (got ${shapeOf(valueAt(input, issue.path))})`;
    })
    .join('; ');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** What a value is, without saying it in full: it may be a secret or a megabyte. */
export function shapeOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  if (typeof value === 'number' || typeof value === 'boolean') return `the ${typeof value} ${value}`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? `an object with ${Object.keys(value).length} fields` : typeof value;
}
