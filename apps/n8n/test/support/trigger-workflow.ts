import { chain, TRIGGER_TYPE, type Workflow } from '../../src/workflow.ts';

export const TRIGGER_NAME = 'TwelveLabs Trigger';

/** Our trigger, which polls once a night and at each activation, and a node behind it. */
export function triggerWorkflow(credential: { id: string; name: string }, parameters: object): Workflow {
  const [, ...nodes] = chain(
    'Trigger',
    [],
    [
      {
        name: TRIGGER_NAME,
        type: TRIGGER_TYPE,
        credential,
        parameters: { pollTimes: { item: [{ mode: 'everyDay', hour: 3, minute: 0 }] }, ...parameters },
      },
      { name: 'Next', type: 'n8n-nodes-base.noOp' },
    ],
  ).nodes;
  const connections = { [TRIGGER_NAME]: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } };
  return {
    name: 'Trigger',
    nodes,
    connections,
    settings: { executionOrder: 'v1' },
    pinData: {},
    active: false,
  };
}
