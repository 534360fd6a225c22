import { drawSections, type Section } from './fields.ts';
import type { EditorNode } from './globals.ts';

/** What Node-RED's list of accounts holds for "none". */
const NO_ACCOUNT = '_ADD_';

/** A node that was dragged in belongs to the one account that there is: it can be deployed without a look at its dialog. */
export function prepareNode(node: EditorNode): void {
  // Of a node that is there already, Node-RED knows which account it uses.
  if (node.config || RED.nodes.node(node.id)) return;
  const only = onlyAccount();
  if (only) node.config = only;
}

/** Fills the dialog of a node in: its settings, below the name and the account, which stand in its template. */
export function prepareDialog(node: EditorNode, sections: readonly Section[]): void {
  chooseOnlyAccount(node);
  drawSections(node, sections);
}

/** The account may have come after the node. */
function chooseOnlyAccount(node: EditorNode): void {
  if (node.config) return;
  const only = onlyAccount();
  const list = $('#node-input-config');
  if (only && [NO_ACCOUNT, '', null].includes(list.val() as string | null)) list.val(only).trigger('change');
}

/** The account, when there is one and no other. */
function onlyAccount(): string | undefined {
  const accounts: string[] = [];
  RED.nodes.eachConfig(({ id, type, d }) => {
    if (type === 'twelvelabs-config' && d !== true) accounts.push(id);
  });
  return accounts.length === 1 ? accounts[0] : undefined;
}
