import { askNodeRed } from './ask-node-red.ts';
import { type EditorNode, translate } from './globals.ts';

/** The button of a node on the canvas: the runtime sends an example through the flow. */
export function askForExample(node: EditorNode): void {
  void ask(node).then(
    (sent) => {
      if (!sent) RED.notify(translate(node, 'example.none'), 'warning');
    },
    ({ statusText }: { statusText?: string }) => RED.notify(String(statusText), 'error'),
  );
}

async function ask({ id, type }: EditorNode): Promise<boolean> {
  return ((await askNodeRed(`${type}/example`, { id })) as { sent: boolean }).sent;
}
