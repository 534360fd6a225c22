import { askNodeRed } from './ask-node-red.ts';
import { type EditorNode, translate } from './globals.ts';

interface Answer {
  readonly ok: boolean;
  readonly code?: string;
  readonly message?: string;
}

/** The "Test connection" button: the key goes to Node-RED as a deploy would send it, and never comes back. */
export function prepareConnectionTest(node: EditorNode): void {
  const output = $('#twelvelabs-test-result');
  $('#twelvelabs-test').on('click', (event) => {
    event.preventDefault();
    show('running', translate(node, 'test.running'));
    void ask(node.id).then(
      ({ ok, code, message }) =>
        show(
          ok ? 'ok' : 'failed',
          translate(node, `test.${ok ? 'ok' : code}`) || message || translate(node, 'test.unreachable'),
        ),
      () => show('failed', translate(node, 'test.unreachable')),
    );
  });

  function show(state: 'running' | 'ok' | 'failed', text: string): void {
    output.attr('data-state', state).text(text);
  }
}

async function ask(id: string): Promise<Answer> {
  const apiKey = $('#node-config-input-apiKey').val();
  const baseUrl = $('#node-config-input-baseUrl').val();
  return (await askNodeRed('twelvelabs-config/test', { id, apiKey, baseUrl })) as Answer;
}
