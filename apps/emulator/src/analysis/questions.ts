/** A question that was asked with `POST /analyze`, for the page. */
export interface AskedQuestion {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly filename: string;
  readonly prompt: string;
  readonly answer: string;
}

/** How many are remembered, and how many characters of each prompt and answer: memory has to end somewhere. */
const capacity = 100;
const characters = 10_000;

/** The last questions, newest first, in memory. */
export class Questions {
  readonly #onChange: () => void;
  #asked: AskedQuestion[] = [];

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  add({ prompt, answer, ...rest }: AskedQuestion): void {
    const question = { ...rest, prompt: prompt.slice(0, characters), answer: answer.slice(0, characters) };
    this.#asked = [question, ...this.#asked].slice(0, capacity);
    this.#onChange();
  }

  list(): readonly AskedQuestion[] {
    return this.#asked;
  }

  clear(): void {
    this.#asked = [];
  }
}
