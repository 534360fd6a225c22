import path from 'node:path';
import { packNodes, removeFolder, TARBALL_VARIABLE } from '../src/harness/install.ts';

/** All test files install the same tarball. */
export default async function packOnce(): Promise<() => Promise<void>> {
  const tarball = await packNodes();
  process.env[TARBALL_VARIABLE] = tarball;
  return () => removeFolder(path.dirname(tarball));
}
