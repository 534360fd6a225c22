import { drawSections, type Section } from './fields.ts';
import type { EditorNode } from './globals.ts';

/** What Node-RED's list of accounts holds for "none". */
const NO_ACCOUNT = '_ADD_';

/** Fills the dialog of a node in: its settings, below the name and the account, which stand in its template. */
export function prepareDialog(node: EditorNode, sections: readonly Section[]): void {
  chooseOnlyAccount(node);
  drawSections(node, sections);
}

/** A new node belongs to the one account that there is. */
function chooseOnlyAccount(node: EditorNode): void {
  if (node.config) return;
  const accounts: string[] = [];
  RED.nodes.eachConfig(({ id, type, d }) => {
    if (type === 'twelvelabs-config' && d !== true) accounts.push(id);
  });
  const [only] = accounts;
  const list = $('#node-input-config');
  if (only && accounts.length === 1 && [NO_ACCOUNT, '', null].includes(list.val() as string | null))
    list.val(only).trigger('change');
}
