import { expect, it } from 'vitest';
import { saveCredential } from '../src/credential.ts';
import { saveWorkflow, startWorkflow, untilOver } from '../src/execute.ts';
import { setUp } from './support/run.ts';
import { TRIGGER_NAME, triggerWorkflow } from './support/trigger-workflow.ts';

const { emulator, rest, credential } = await setUp();

/** What "Execute workflow" says: the trigger then polls once. Of the poll of an activation, n8n gives nobody the error. */
async function refusal(parameters: object, account = credential): Promise<string> {
  const id = await saveWorkflow(rest, triggerWorkflow(account, parameters));
  const { error } = await untilOver(rest, await startWorkflow(rest, id, TRIGGER_NAME));
  return error?.message ?? 'no error';
}

const index = (value: unknown) => ({ watch: 'index', indexId: { __rl: true, mode: 'id', value } });

it.each<[string, (value: unknown) => object, readonly unknown[]]>([
  ['Trigger On', (events) => ({ events }), [null, 'nope', 7, [], ['nope'], {}]],
  ['Kinds', (kinds) => ({ filters: { kinds } }), [null, 'nope', 7, ['nope'], {}]],
  ['File Name Contains', (filename) => ({ filters: { filename } }), [null, true, [], {}]],
  ['Watch', (watch) => ({ events: ['ready'], watch }), ['', null, 'nothing', 7]],
  ['Trigger On', (indexEvents) => ({ ...index('i'), indexEvents }), ['nope', [], ['nope']]],
  ['Index', (id) => index(id), ['../x', 'a/b']],
])('%s: what is none is refused, and the platform asked nothing', async (label, parameters, bad) => {
  for (const value of bad) {
    const said = await refusal(parameters(`={{ ${JSON.stringify(value)} }}`));
    expect(said, JSON.stringify(value)).toMatch(new RegExp(`^${label}: must .+`));
  }
  expect(emulator.requests()).toEqual([]);
});

it('a wrong key is told', async () => {
  const wrong = await saveCredential(rest, { apiKey: 'tlk_wrong', baseUrl: emulator.baseUrl });
  expect(await refusal({ events: ['ready'] }, wrong)).toBe('TwelveLabs did not accept the API key');
});
