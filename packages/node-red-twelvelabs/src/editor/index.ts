import { migrateNode } from './migrate-node.ts';

export { prepareConnectionTest } from './connection-test.ts';
export { prepareDialog } from './dialog.ts';

RED.events.on('nodes:add', migrateNode);
