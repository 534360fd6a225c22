import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeApiReference } from '../../src/api-reference.ts';
import { API_REFERENCE } from '../../src/documents.ts';
import { run } from '../../src/run.ts';
import { root } from '../../src/workspace.ts';

it('the API reference is what the docstrings say; if not: npx -y pnpm@12.21.0 docs:api', async () => {
  const fresh = await mkdtemp(join(tmpdir(), 'twelvelabs-api-'));
  try {
    await writeApiReference(fresh);
    const { stdout } = await run('diff', ['-ru', join(root, API_REFERENCE), fresh], { cwd: root });
    expect(stdout).toBe('');
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
});
