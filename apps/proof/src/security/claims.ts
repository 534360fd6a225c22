/** A sentence of SECURITY.md, and what shows that it is true: files with a test each, by how its title begins. */
export interface Claim {
  readonly text: string;
  readonly shownBy: readonly (readonly [file: string, title: string])[];
}

const hostile = 'apps/proof/test/hostile';
const parts = 'apps/proof/test/e2e/parts';
const attacks = 'apps/proof/test/e2e/emulator-attacks.test.ts';
const emulator = 'apps/emulator/test';
const workflows = 'apps/release/test/unit/workflows.test.ts';
const dependencies = 'apps/release/test/unit/dependencies.test.ts';
const contents = 'apps/release/test/e2e/contents.test.ts';

const redirects = [`${parts}/key-attacks.ts`, 'does not follow a redirect'] as const;
const noTrace = [`${parts}/secrecy.ts`, 'has left no trace of the key'] as const;
const namedFiles = [`${parts}/strangers.ts`, 'a local file named by %s is not sent'] as const;
const notMedia = [`${parts}/strangers.ts`, 'a false name and type do not help'] as const;
const publishes = [workflows, 'the job that may publish takes what another job built'] as const;

/** What SECURITY.md states about this repository, sentence by sentence. */
export const CLAIMS: readonly Claim[] = [
  {
    text: "**The API key goes to the API's own origin, and nowhere else**: not to another host that a `Host` header names, not to a presigned upload URL, not along a redirect (none is followed), not through a proxy of the environment when the API is on this machine.",
    shownBy: [
      [`${hostile}/sessions.test.ts`, 'never get the key, at a storage that %s'],
      [`${hostile}/answers.test.ts`, 'are not followed (HTTP %i)'],
      redirects,
      [`${parts}/key-attacks.ts`, 'names no other host'],
      [
        'packages/n8n-nodes-twelvelabs/test/credential.test.mts',
        'a request that goes elsewhere than its URL says',
      ],
      ['packages/core/test/node/proxies.test.ts', 'never gets a request to this machine: %s'],
      [`${parts}/key-attacks.ts`, 'goes through no proxy that a request sets'],
      [`${parts}/key-attacks.ts`, 'the proxy of the environment never gets the key'],
      [`${parts}/connection-test.ts`, 'sends the stored key to the stored address only'],
    ],
  },
  {
    text: 'It is in no error, log line, status, output or stored execution; where a server quotes a key of 8 or more characters back in one piece, as it is or in Base64, it is taken out.',
    shownBy: [
      noTrace,
      [`${hostile}/answers.test.ts`, 'its own key as Base64, at any place of a longer text'],
      [`${hostile}/streams.test.ts`, 'the key in a line is taken out'],
    ],
  },
  {
    text: '**Plain `http:` only to this machine.** Any other base URL has to be `https:`.',
    shownBy: [
      ['apps/proof/src/fuzz/client-inputs.ts', 'client: credentials and base URLs'],
      ['apps/n8n/test/credential.test.ts', 'plain http to another machine'],
    ],
  },
  {
    text: '**A server that lies is refused.** Responses are read up to a bound on their bytes, objects, lists and values, and compressed ones are not asked for. Lists have no limit: core fetches the next page only when the caller asks for it.',
    shownBy: [
      [`${parts}/lying-servers.ts`, 'end in short errors of ours'],
      [`${hostile}/answers.test.ts`, 'ends at a body without an end (HTTP %i)'],
      [`${hostile}/answers.test.ts`, 'ends before millions of %s fill the memory'],
      [`${hostile}/answers.test.ts`, 'takes no time and no stack: %s'],
      [`${hostile}/answers.test.ts`, 'a list without an end is read as far as its reader goes'],
      [`${hostile}/answers.test.ts`, 'a gzip bomb that nobody asked for'],
      ['packages/core/test/endpoints.test.ts', '%s is not asked to answer in compressed form'],
      ['apps/proof/src/contract/sent.ts', 'accept-encoding'],
      [`${hostile}/streams.test.ts`, 'ends at %s'],
    ],
  },
  {
    text: 'Ids in an answer may not lead to another endpoint, and upload URLs may not point into the network of the host that uploads: neither to its addresses nor to names of local networks, such as `intranet.corp`, unless the API itself has such a name.',
    shownBy: [
      [`${hostile}/answers.test.ts`, 'are refused in an answer: %j'],
      [`${hostile}/resources.test.ts`, 'that lead elsewhere are refused: %s'],
      [`${hostile}/private-networks.test.ts`, 'is not followed there: %s'],
      [`${hostile}/private-networks.test.ts`, 'is not followed there by a proxy: %s'],
      ['packages/core/test/network.test.ts', 'an upload URL may have a local name where the API has one'],
    ],
  },
  {
    text: 'Node-RED and scripts also check the address that a public name resolves to, except when a proxy resolves it.',
    shownBy: [
      [
        'packages/core/test/node/address-guard.test.ts',
        'with a name that resolves to a private address is refused',
      ],
    ],
  },
  {
    text: "In n8n, names that only resolve to such an address are refused where n8n's own protection is on (`N8N_SSRF_PROTECTION_ENABLED=true`).",
    shownBy: [
      ['apps/proof/test/e2e/ssrf.test.ts', "n8n's protection keeps an upload URL at %s from being reached"],
    ],
  },
  {
    text: '**Nothing is sent before all of the input was checked**, header values and file names included.',
    shownBy: [
      [`${parts}/contract.ts`, 'the contract: one input gives the same fields, bytes and errors everywhere'],
      ['apps/proof/src/fuzz/client-inputs.ts', 'Sent in spite of problems'],
      ['packages/core/test/search/search.test.ts', 'a file name or type cannot split the head of its part'],
    ],
  },
  {
    text: "**Callers cannot set a create-once key in an asset's metadata.** A create, an update or a replacement may not have the keys `create_once_key` and `create_once_upload`, in which such keys are kept.",
    shownBy: [['packages/core/test/once.test.ts', 'lets nobody plant %s']],
  },
  {
    text: "What Node-RED's editor asks the nodes (a connection test, suggestions while you type, an example event) needs Node-RED's permission to change nodes of the type that is asked, such as `twelvelabs-config.write`, which `*` includes, and a page of another origin gets no answer and starts nothing.",
    shownBy: [
      ['apps/node-red/test/hosts.test.ts', 'is closed to who may not edit flows: %s'],
      [`${parts}/connection-test.ts`, 'refuses what a page of another origin can send: %s'],
      [`${parts}/offers.ts`, 'are not given to what a page of another origin can send: %s'],
    ],
  },
  {
    text: "In n8n the key is kept as a credential, in Node-RED in the flow's credentials file, both encrypted by the host (in Node-RED unless its `credentialSecret` is `false`). Neither is part of an exported workflow or flow.",
    shownBy: [noTrace],
  },
  {
    text: "`msg.twelvelabs` overrides all settings but _Files by path_ and _Check content_: do not let a stranger's data become this property.",
    shownBy: [
      [`${parts}/strangers.ts`, 'a setting that protects is not overridden: %j'],
      ['packages/node-red-twelvelabs/test/guarded-settings.test.ts', 'turn off what protects %s against it'],
    ],
  },
  {
    text: "Text in the source of a node that takes a file is read as a path on this machine, unless the node's _Files by path_ is set to _content only_.",
    shownBy: [
      [`${parts}/strangers.ts`, 'text names a file where the author lets it'],
      [`${parts}/strangers.ts`, 'content only: content is sent, a path is not'],
    ],
  },
  {
    text: 'An object with a path is read only if it is an upload that a parser, such as multer, wrote to the disk for the request in `msg.req`, unless _Files by path_ is set to _any object with a path_. No other file is looked at: the error is the same whether there is one or not.',
    shownBy: [
      namedFiles,
      [`${parts}/strangers.ts`, 'what is there is not told'],
      ['apps/node-red/test/uploads.test.ts', 'becomes an asset by way of: %s'],
      ['apps/node-red/test/uploads.test.ts', 'that is only claimed, with all that multer says'],
    ],
  },
  {
    text: "What is certainly no video, audio or image is refused, whatever the message calls it, unless the node's _Check content_ is off.",
    shownBy: [notMedia],
  },
  {
    text: 'A symbolic link is followed, in a watched folder as well.',
    shownBy: [[`${parts}/strangers.ts`, 'a symbolic link is followed']],
  },
  {
    text: 'It accepts a well-known key, serves what was uploaded, downloads any URL it is given, and has an interface for faults without a key.',
    shownBy: [
      [`${emulator}/e2e/page.test.ts`, 'the page lists assets as they come, plays the HLS stream'],
      [`${emulator}/url.test.ts`, 'a URL is downloaded and probed'],
      [`${emulator}/faults.test.ts`, 'rules over HTTP act and are cleared by reset'],
    ],
  },
  {
    text: 'It listens on the loopback address; keep it there.',
    shownBy: [[`${emulator}/e2e/cli.test.ts`, 'listens on loopback only']],
  },
  {
    text: 'There it answers requests to `localhost` and loopback addresses only, so that no web page reaches it under another name; it serves nothing that a URL returned and that is no media, keeps requests in bounded memory, and gives ffmpeg and its media probe limits on time, pixels and memory.',
    shownBy: [
      [`${emulator}/security.test.ts`, 'on loopback no route answers by a foreign name (DNS rebinding)'],
      [`${emulator}/security.test.ts`, 'what a URL gave and is no media is not kept, nor served'],
      [attacks, 'a page under a foreign name that resolves to this machine reads nothing (DNS rebinding)'],
      [attacks, 'its memory is bounded under %s of a megabyte'],
      [`${emulator}/security.test.ts`, 'a picture of too many pixels gets no thumbnail'],
      [
        `${emulator}/security.test.ts`,
        'ffmpeg has limits on pixels and memory, and is stopped when it takes too long',
      ],
      [`${emulator}/probe.test.ts`, 'a file that takes too long is given up'],
      [`${emulator}/security.test.ts`, 'the probe has a limit on memory'],
    ],
  },
  {
    text: "From GitHub Actions only, by [npm's trusted publishing](https://docs.npmjs.com/trusted-publishers), without a stored token.",
    shownBy: [[workflows, 'uses no stored secret'], publishes],
  },
  {
    text: 'One job builds, tests and packs the tarballs and may only read the repository; the job with the right to publish takes these tarballs, installs nothing and runs no code from the repository.',
    shownBy: [publishes, [workflows, 'writes nothing unless a job says why']],
  },
  {
    text: 'A provenance statement ties each version to the commit and the workflow run; `npm audit signatures` checks it.',
    shownBy: [[contents, 'is published for everyone, with provenance']],
  },
  {
    text: 'Actions are pinned by their full commit.',
    shownBy: [[workflows, 'pins every action by its full commit']],
  },
  {
    text: 'Dependencies are locked by their hashes, few, and [each has a reason](docs/dependencies.md); pnpm, which installs them, is fetched by its exact version. Tests check their licenses and the files inside each package against lists.',
    shownBy: [
      [workflows, 'uses one pnpm everywhere'],
      [dependencies, 'every dependency is on the page that says what it is for'],
      [dependencies, 'what is published, and everything below it, has a license that allows it'],
      [contents, 'holds nothing but what is meant to be in it'],
    ],
  },
];

/** Its other sentences: what we ask of people, what we undertake, and how the hosts are. No test can show them. */
export const OTHER_SENTENCES: readonly string[] = [
  "Please report a vulnerability privately, through [GitHub's private reports](https://github.com/twelvelabs-nodes/twelvelabs-nodes/security/advisories/new), not in an issue.",
  'Say which package and version, what an attacker needs, and what they gain; a flow, a workflow or a script that shows it helps most.',
  'You get a first answer within seven days, and credit in the advisory unless you prefer otherwise.',
  'Problems of the TwelveLabs platform itself belong to TwelveLabs: this project is not theirs.',
  'The newest minor version of each package gets fixes.',
  "What they can't promise: whoever can edit workflows or flows can use the credentials in them, and can read files of the machine: in n8n those that `N8N_RESTRICT_FILE_ACCESS_TO` allows, in Node-RED all that its process can read.",
  "Restrict who may edit flows by Node-RED's `adminAuth`.",
  'A call of any other endpoint is sent as it is.',
  'In Node-RED, whoever can send a message to a flow chooses what the message contains.',
  'Protect `http in` nodes with `httpNodeAuth`.',
  '[Each sentence and the tests that show it](apps/proof/src/security/claims.ts)',
  '`apps/emulator` is for tests and for trying things.',
];
