import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { type Manifest, manifest, PUBLISHED, type Published, read } from '../../src/workspace.ts';

/** Every file that may be in a package: what is not listed here is not published. */
const ALLOWED: Record<Published, readonly RegExp[]> = {
  'packages/core': [/^dist\/(node\/)?[\w-]+\.(mjs|cjs)(\.map)?$/, /^dist\/(node\/)?[\w-]+\.d\.[mc]ts$/],
  'packages/n8n-nodes-twelvelabs': [
    /^dist\/(nodes|credentials)\/([\w]+\/)?\w+\.(node|credentials)\.js(\.map)?$/,
    /^dist\/nodes\/\w+\/\w+\.node\.json$/,
    /^dist\/[\w-]+\.js(\.map)?$/,
    /^dist\/icons\/[\w.-]+\.svg$/,
    /^examples\/[\w-]+\.json$/,
  ],
  'packages/node-red-twelvelabs': [
    /^dist\/[\w-]+\.(js|html)(\.map)?$/,
    /^dist\/icons\/[\w-]+\.svg$/,
    // Without it Node.js would take the scripts for ES modules, as the package's own `type` says.
    /^dist\/package\.json$/,
    /^dist\/locales\/[\w-]+\/[\w-]+\.(json|html)$/,
    /^examples\/[\w -]+\.json$/,
    /^resources\/[\w-]+\.(js|css|svg)(\.map)?$/,
  ],
};
const EVERYWHERE = [
  /^package\.json$/,
  /^README\.md$/,
  /^LICENSE$/,
  /^CHANGELOG\.md$/,
  /^dist\/THIRD-PARTY-LICENSES\.txt$/,
];

const list = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

describe.each(PUBLISHED)('%s, packed', (published) => {
  const { folder } = inject('packed')[published];
  const files = list(folder);
  const packed = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

  it('holds nothing but what is meant to be in it', () => {
    const allowed = [...EVERYWHERE, ...ALLOWED[published]];
    expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
  });

  it('uses every line of the list: one that matches nothing has been forgotten', () => {
    const idle = ALLOWED[published].filter((pattern) => !files.some((file) => pattern.test(file)));
    expect(idle.map(String)).toEqual([]);
  });

  it('carries the license, a README, and a changelog once there was a release', () => {
    expect(files).toContain('LICENSE');
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe(read('LICENSE'));
    expect(files).toContain('README.md');
    if (packed.version !== '0.0.0') expect(files).toContain('CHANGELOG.md');
  });

  it('brings a source map, with the sources inside, for every script', () => {
    // The bundler's own helpers were made, not read.
    const scripts = files.filter(
      (file) => /^(dist|resources)\/.*\.(mjs|cjs|js)$/.test(file) && !file.includes('rolldown-runtime'),
    );
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      const text = readFileSync(join(folder, script), 'utf8');
      // A file that only hands exports on has nothing to map.
      if (!text.includes('sourceMappingURL')) {
        expect(text.length, `${script} has no source map`).toBeLessThan(8192);
        expect(text, `${script} has code, but no source map`).not.toMatch(/\bfunction\b|=>|\bclass\b/);
        continue;
      }
      const map = JSON.parse(readFileSync(join(folder, `${script}.map`), 'utf8')) as {
        sources: string[];
        sourcesContent?: (string | null)[];
      };
      const missing = map.sources.filter((_, index) => !map.sourcesContent?.[index]);
      // What the bundler made of JSON, or itself, has no source to bring.
      expect(
        missing.filter((source) => !/rolldown\/runtime|\.json$/.test(source)),
        script,
      ).toEqual([]);
    }
  });

  it('names the license of everything that was bundled into it', () => {
    const bundled = new Set<string>();
    for (const file of files.filter((name) => name.endsWith('.map'))) {
      const { sources } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { sources: string[] };
      for (const source of sources) {
        const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1];
        if (name) bundled.add(name);
      }
    }
    const notice = readFileSync(join(folder, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
    expect(bundled.size).toBeGreaterThan(0);
    const named = notice.split('\n').map((line) => line.replace(/ \d[\w.-]*$/, ''));
    for (const name of bundled) expect(named).toContain(name);
    expect(notice).toContain('Permission is hereby granted');
  });

  it('says who, where, under which license, and for which Node.js', () => {
    expect(packed).toMatchObject({
      name: manifest(published).name,
      license: 'MIT',
      repository: {
        url: 'git+https://github.com/twelvelabs-nodes/twelvelabs-nodes.git',
        directory: published,
      },
      engines: { node: expect.stringMatching(/^>=22\.\d+$/) },
    });
    expect(JSON.stringify(packed.author)).toContain('twelvelabs-nodes contributors');
    expect(packed.homepage).toContain('https://github.com/twelvelabs-nodes/twelvelabs-nodes');
  });

  it('is published for everyone, with provenance', () => {
    expect(packed.publishConfig).toMatchObject({ access: 'public', provenance: true });
  });

  it('has no reference to the workspace left', () => {
    expect(JSON.stringify([packed.dependencies, packed.peerDependencies])).not.toMatch(
      /workspace:|catalog:|link:|file:/,
    );
  });

  it('runs nothing when it is installed', () => {
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
      expect(packed.scripts ?? {}).not.toHaveProperty(script);
    }
  });

  it('holds no path of the machine that built it', () => {
    for (const file of files) {
      const text = readFileSync(join(folder, file), 'utf8');
      expect(text.includes(process.cwd()), file).toBe(false);
      expect(text, file).not.toMatch(/\/(home|Users|root|work)\/[\w.-]+\//);
    }
  });
});

it('the two host packages need nothing but their hosts', () => {
  const dependenciesOf = (published: Published) =>
    JSON.parse(readFileSync(join(inject('packed')[published].folder, 'package.json'), 'utf8')).dependencies ??
    {};
  expect(dependenciesOf('packages/n8n-nodes-twelvelabs')).toEqual({});
  expect(dependenciesOf('packages/node-red-twelvelabs')).toEqual({});
});
