/** An answer to a question, as the platform sends and stores it. */
export interface Answer {
  readonly data: string;
  readonly finish_reason: 'stop' | 'length';
  readonly usage: { readonly output_tokens: number; readonly input_tokens: number };
  readonly error?: { readonly message: string };
}
