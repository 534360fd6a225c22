import { type Run, runCommand, runNode } from './run-process.ts';
import { CHUNK, type Target } from './start-sink.ts';

export interface Scale {
  readonly direct: string;
  readonly large: string;
  /** For core alone: as large as the platform takes. */
  readonly huge: string | undefined;
  readonly creates: number;
  readonly rounds: {
    readonly direct: number;
    readonly multipart: number;
    readonly urls: number;
    readonly imports: number;
  };
}

/** What the sink must have received, so that no program is fast by doing less. */
export interface Expectation {
  readonly file?: string;
  readonly creates?: number;
  readonly chunks?: true;
}

export interface Program {
  readonly name: string;
  run(target: Target): Promise<Run>;
  readonly expects: Expectation;
}

/** All that `--only` may name; the hosts measure themselves. */
export const SUITES = [
  'direct',
  'direct-tls',
  'direct-large',
  'multipart',
  'multipart-huge',
  'urls',
  'import',
  'hosts',
] as const;

export interface Suite {
  readonly id: Exclude<(typeof SUITES)[number], 'hosts'>;
  readonly title: string;
  /** The program that the others are compared with. */
  readonly reference: string;
  readonly rounds: number;
  readonly overTls?: true;
  readonly programs: readonly Program[];
}

const start =
  (script: string, env: Record<string, string> = {}) =>
  ({ baseUrl, caFile }: Target) =>
    runNode(new URL(`../programs/${script}.mjs`, import.meta.url), {
      ...process.env,
      BASE_URL: baseUrl,
      // The SDK takes its base URL from the environment only.
      TWELVELABS_BASE_URL: baseUrl,
      ...(caFile === undefined ? {} : { NODE_EXTRA_CA_CERTS: caFile }),
      CHUNK: String(CHUNK),
      ...env,
    });

const upload = (name: string, script: string, file: string, chunks = false): Program => ({
  name,
  run: start(script, { FILE: file }),
  expects: chunks ? { file, chunks: true } : { file, creates: 1 },
});

const curl = (file: string): Program => ({
  name: 'curl',
  run: ({ baseUrl, caFile }) =>
    runCommand('curl', [
      ...(caFile === undefined ? [] : ['--cacert', caFile]),
      ...['-sS', '--fail', '-H', 'x-api-key: tlk_bench', '-H', 'Expect:'],
      ...['-F', 'method=direct', '-F', `file=@${file};type=video/mp4`, `${baseUrl}/assets`],
    ]),
  expects: { file, creates: 1 },
});

const creates = (name: string, script: string, count: number): Program => ({
  name,
  run: start(script, { COUNT: String(count) }),
  expects: { creates: count },
});

const imports = (name: string, script: string): Program => ({
  name,
  run: start(script),
  expects: {},
});

export const CORE = 'core';
export const FLOOR = 'floor (node:http)';
export const SDK = 'twelvelabs-js';

export function suites(scale: Scale, label: (path: string) => string): Suite[] {
  const { direct, large, huge, rounds } = scale;
  return [
    {
      id: 'direct',
      title: `Direct upload of ${label(direct)}`,
      reference: FLOOR,
      rounds: rounds.direct,
      programs: [
        upload(FLOOR, 'direct-floor', direct),
        upload(CORE, 'direct-core', direct),
        curl(direct),
        upload('fetch + FormData', 'direct-fetch', direct),
        upload(SDK, 'direct-sdk', direct),
      ],
    },
    {
      id: 'direct-tls',
      title: `Direct upload of ${label(direct)} over TLS`,
      reference: FLOOR,
      rounds: rounds.direct,
      overTls: true,
      programs: [
        upload(FLOOR, 'direct-floor', direct),
        upload(CORE, 'direct-core', direct),
        curl(direct),
        upload('fetch + FormData', 'direct-fetch', direct),
      ],
    },
    {
      id: 'direct-large',
      title: `Direct upload of ${label(large)}`,
      reference: FLOOR,
      rounds: rounds.multipart,
      programs: [upload(FLOOR, 'direct-floor', large), upload(CORE, 'direct-core', large)],
    },
    {
      id: 'multipart',
      title: `Multipart upload of ${label(large)} in chunks of ${CHUNK / 1024 ** 2} MiB`,
      reference: FLOOR,
      rounds: rounds.multipart,
      programs: [
        upload(FLOOR, 'multipart-floor', large, true),
        upload(CORE, 'multipart-core', large, true),
        upload(SDK, 'multipart-sdk', large, true),
      ],
    },
    ...(huge
      ? [
          {
            id: 'multipart-huge' as const,
            title: `Multipart upload of ${label(huge)} (a sparse file)`,
            reference: FLOOR,
            rounds: 1,
            programs: [
              upload(FLOOR, 'multipart-floor', huge, true),
              upload(CORE, 'multipart-core', huge, true),
            ],
          },
        ]
      : []),
    {
      id: 'urls',
      title: `${scale.creates.toLocaleString('en')} creates from a URL, 32 at a time`,
      reference: SDK,
      rounds: rounds.urls,
      programs: [creates(CORE, 'urls-core', scale.creates), creates(SDK, 'urls-sdk', scale.creates)],
    },
    {
      id: 'import',
      title: 'Import',
      reference: SDK,
      rounds: rounds.imports,
      programs: [
        imports('core', 'import-pure'),
        imports('core/node/assets', 'import-assets'),
        imports('core/node', 'import-node'),
        imports('n8n package', 'import-n8n'),
        imports('Node-RED package', 'import-node-red'),
        imports(SDK, 'import-sdk'),
      ],
    },
  ];
}
