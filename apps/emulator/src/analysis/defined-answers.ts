import { z } from 'zod/v4';
import { wildcard } from '../wildcard.ts';

const definedAnswer = z.strictObject({
  /** The whole text of the question, in any case; `*` stands for any number of any characters. */
  prompt: z.string().min(1).default('*'),
  /** The video's name, likewise. */
  filename: z.string().min(1).default('*'),
  /** A string is the answer as it is; anything else becomes one as JSON. */
  answer: z.unknown().refine((value) => value !== undefined, 'must be there'),
});

export const definedAnswers = z.array(definedAnswer);

/** An answer as callers define it. */
export type AnswerRule = z.input<typeof definedAnswer>;

/** The answers that people defined for questions; of several that match, the newest counts. */
export class DefinedAnswers {
  #rules: z.output<typeof definedAnswers> = [];

  add(rules: z.output<typeof definedAnswers>): void {
    this.#rules.unshift(...rules.toReversed());
  }

  list(): z.output<typeof definedAnswers> {
    return structuredClone(this.#rules);
  }

  clear(): void {
    this.#rules = [];
  }

  find(prompt: string, filename: string): string | undefined {
    const rule = this.#rules.find(
      (candidate) =>
        wildcard(candidate.prompt, 'i').test(prompt) && wildcard(candidate.filename, 'i').test(filename),
    );
    if (rule === undefined) return undefined;
    return typeof rule.answer === 'string' ? rule.answer : JSON.stringify(rule.answer);
  }
}
