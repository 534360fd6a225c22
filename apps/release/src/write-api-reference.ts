import { join } from 'node:path';
import { writeApiReference } from './api-reference.ts';
import { API_REFERENCE } from './documents.ts';
import { root } from './workspace.ts';

await writeApiReference(join(root, API_REFERENCE));
