import { setTimeout as sleep } from 'node:timers/promises';
import type { Runner } from '../runners/runner.ts';
import { connectionsTo } from '../sockets.ts';
import { MARKER } from './attack.ts';
import type { HostAttack } from './host-attacks.ts';
import { messageProblems } from './plain.ts';
import { hostileServer } from './server.ts';

/** Characters that an error may have at most, with its details. */
const BOUND = 18_000;

/** Milliseconds that an attack may take: attempts, the pauses between them, and the look for what was created. */
const TIME_LIMIT = 60_000;

/** Where requests of a create may go at most. */
const EXPECTED = /^\/v1\.3\/assets(\?|$|\/multipart-uploads(\?|\/up1(\?|\/|$)|$))/;

/** Attacks a create by a runner. @returns what is not as it has to be, in words; empty when all is */
export async function attackHost(
  runner: Runner,
  attack: HostAttack,
  files: { readonly small: string; readonly large: string },
): Promise<readonly string[]> {
  const { answer, early = false } = attack;
  await using server = await hostileServer(answer, { early });
  const account = { baseUrl: `${server.url}/v1.3`, apiKey: MARKER };
  const started = performance.now();
  const { error } = await runner.create(
    attack.params(files),
    { idleTimeout: 2_000, ...attack.options },
    account,
  );
  const took = performance.now() - started;
  if (!error) return ['it succeeded'];
  const wrong = messageProblems(error.message, MARKER);
  if (!attack.ends.test(error.code ?? ''))
    wrong.push(`ends as ${error.code}: ${error.message.slice(0, 300)}`);
  const shown = JSON.stringify(error);
  if (shown.length > BOUND) wrong.push(`${shown.length} characters in all`);
  if (shown.includes(MARKER)) wrong.push('the key shows in the details');
  if (shown.includes('s3cr3t')) wrong.push('a password shows');
  if (took > TIME_LIMIT) wrong.push(`took ${took.toFixed(0)} ms`);
  const strayed = server.requests.filter(({ target }) => !EXPECTED.test(target));
  if (strayed.length > 0) wrong.push(`went to ${strayed[0]?.method} ${strayed[0]?.target}`);
  // Idle ones go after some seconds; what the server holds open has to go by itself.
  for (let look = 0; look < 60 && (await connectionsTo(runner.pid, server.port)) > 0; look++)
    await sleep(250);
  if ((await connectionsTo(runner.pid, server.port)) > 0) wrong.push('a connection is left');
  return wrong;
}
