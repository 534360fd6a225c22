import { migrateNode } from './migrate-node.ts';

export { prepareConnectionTest } from './connection-test.ts';
export { prepareDialog, prepareNode } from './dialog.ts';
export { askForExample } from './example-button.ts';

RED.events.on('nodes:add', migrateNode);
