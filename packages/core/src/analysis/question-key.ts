import { sha256 } from '../files/digest.ts';
import { trimmed } from '../validation/text.ts';

/**
 * A create-once key for one question about a video, made of the key of a whole job: a job may ask several questions, and
 * the platform runs one task for each key.
 * @param once the key of the job
 * @param params of `analyze`
 * @param attempt another number gives another key, for a task that failed
 * @returns 64 hexadecimal digits
 */
export function questionKey(once: string, params: unknown, attempt = 0): Promise<string> {
  return sha256(new TextEncoder().encode(JSON.stringify([trimmed(once), params, attempt])));
}
