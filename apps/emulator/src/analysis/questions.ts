/** A question that was asked with `POST /analyze`, for the page. */
export interface AskedQuestion {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly filename: string;
  readonly prompt: string;
  readonly answer: string;
}

/** How many are remembered. */
const capacity = 100;

/** The last questions, newest first, in memory. */
export class Questions {
  readonly #onChange: () => void;
  #asked: AskedQuestion[] = [];

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  add(question: AskedQuestion): void {
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
