import { expect } from 'vitest';
import type { Emulator } from '../src/index.ts';
import { type Answer, call } from './helpers.ts';
import { operationOf, violations } from './openapi.ts';

/** `call`, with every answer held against the published descriptions. */
export function checked(emulator: Emulator, succeeded: Set<string>) {
  return async (method: string, path: string, body?: FormData | object, headers = {}): Promise<Answer> => {
    const answer = await call(emulator, method, path, body, headers);
    const operation = operationOf(method, path.split('?')[0] ?? '');
    if (operation === undefined) throw new Error(`Not in the description: ${method} ${path}`);
    expect(violations(operation, answer.status, answer.body), `${operation} ${answer.status}`).toEqual([]);
    if (answer.status < 400) succeeded.add(operation);
    return answer;
  };
}
