import { files } from './workspace.ts';

/** Folder of the generated API reference, from the root. */
export const API_REFERENCE = 'docs/api';

/** Every page that people read, the generated ones included. */
export const allPages = (): string[] => files('*.md').filter((path) => !path.startsWith('.changeset/'));

/** The pages that somebody wrote. */
export const writtenPages = (): string[] =>
  allPages().filter((path) => !path.startsWith(`${API_REFERENCE}/`) && !path.endsWith('CHANGELOG.md'));
