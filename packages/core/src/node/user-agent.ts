import manifest from '../../package.json' with { type: 'json' };

/** `<package>/<version> node/<version>`, as RFC 9110 §10.1.5 has it; a package name's scope is no token there. */
export function userAgentOf(name: string, version: string): string {
  return `${name.replace(/^@/, '').replace('/', '.')}/${version} node/${process.versions.node}`;
}

export const defaultUserAgent = (): string => userAgentOf(manifest.name, manifest.version);
