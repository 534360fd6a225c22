import type { Subject } from './subject.ts';
import { TwelveLabsError } from './twelvelabs-error.ts';

/** Runs work on something that exists: every error of this library that it throws records what it is about. */
export async function about<T>(subject: Subject, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof TwelveLabsError ? error.about(subject) : error;
  }
}
