/** A sentence of SECURITY.md, and what shows that it is true: files with a test each, by a part of its title. */
export interface Claim {
  readonly text: string;
  readonly shownBy: readonly (readonly [file: string, title: string])[];
}

const hostile = 'apps/proof/test/hostile';
const parts = 'apps/proof/test/e2e/parts';
const emulator = 'apps/emulator/test';
const workflows = 'apps/release/test/unit/workflows.test.ts';

const redirects = [`${parts}/key-attacks.ts`, 'does not follow a redirect'] as const;
const noTrace = [`${parts}/secrecy.ts`, 'has left no trace of the key'] as const;
const namedFiles = [`${parts}/strangers.ts`, 'a local file named by %s is not sent'] as const;
const notMedia = [`${parts}/strangers.ts`, 'a false name and type do not help'] as const;
const publishes = [workflows, 'the job that may publish takes what another job built'] as const;

/** The promises, sentence by sentence, in the order of SECURITY.md. */
export const CLAIMS: readonly Claim[] = [
  {
    text: "**The API key goes to the API's own origin, and nowhere else**: not to a presigned upload URL, not along a redirect (none is followed), not through a proxy of the environment when the API is on this machine.",
    shownBy: [
      [`${hostile}/sessions.test.ts`, 'never get the key, at a storage that %s'],
      [`${hostile}/answers.test.ts`, 'are not followed (HTTP %i)'],
      redirects,
      [`${parts}/key-attacks.ts`, 'goes through no proxy that a request sets'],
      [`${parts}/key-attacks.ts`, 'the proxy of the environment never gets the key'],
      [`${parts}/connection-test.ts`, 'sends the stored key to the stored address only'],
    ],
  },
  {
    text: 'It is in no error, log line, status, output or stored execution; where a server quotes it back, as it is or in Base64, it is taken out.',
    shownBy: [
      noTrace,
      [`${hostile}/answers.test.ts`, 'its own key as Base64, at any place of a longer text'],
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
    text: '**A server that lies is refused.** Responses are read up to a bound, compressed ones are not asked for, and upload URLs in an answer may not point into the network of the host that uploads.',
    shownBy: [
      [`${parts}/lying-servers.ts`, 'end in short errors of ours'],
      [`${hostile}/answers.test.ts`, 'ends at a body without an end (HTTP %i)'],
      [`${hostile}/answers.test.ts`, 'a gzip bomb that nobody asked for'],
      [`${hostile}/private-networks.test.ts`, 'is not followed there: %s'],
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
      [`${parts}/contract.ts`, 'one input gives the same fields, bytes and errors everywhere'],
      ['apps/proof/src/fuzz/client-inputs.ts', 'Sent in spite of problems'],
    ],
  },
  {
    text: "What Node-RED's editor asks the nodes (a connection test, suggestions while you type, an example event) needs the permission to edit flows, and a page of another origin gets no answer and starts nothing.",
    shownBy: [
      ['apps/node-red/test/hosts.test.ts', 'is closed to who may not edit flows: %s'],
      [`${parts}/connection-test.ts`, 'refuses what a page of another origin can send: %s'],
      [`${parts}/offers.ts`, 'are not given to what a page of another origin can send: %s'],
    ],
  },
  {
    text: "In n8n the key is kept as a credential, in Node-RED in the flow's credentials file, both encrypted by the host. Neither is part of an export.",
    shownBy: [noTrace],
  },
  {
    text: "Text in the source of a node that takes a file is read as a path on this machine, unless the node's _Files by path_ is set to _content only_.",
    shownBy: [
      [`${parts}/strangers.ts`, 'text names a file where the author lets it'],
      [`${parts}/strangers.ts`, 'content only: content is sent, a path is not'],
    ],
  },
  {
    text: 'An object with a path is read only if it has all properties of an upload that multer wrote to the disk.',
    shownBy: [namedFiles],
  },
  {
    text: 'What is certainly no video, audio or image is refused, whatever the message calls it.',
    shownBy: [notMedia],
  },
  {
    text: 'A symbolic link is followed, in a watched folder as well.',
    shownBy: [[`${parts}/strangers.ts`, 'a symbolic link is followed']],
  },
  {
    text: 'It accepts a well-known key, serves what was uploaded, downloads any URL it is given, and has an interface for faults without a key.',
    shownBy: [
      [`${emulator}/url.test.ts`, 'test('],
      [`${emulator}/faults.test.ts`, '/_emulator/faults'],
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
      ['apps/proof/test/e2e/emulator-attacks.test.ts', 'reads nothing (DNS rebinding)'],
      ['apps/proof/test/e2e/emulator-attacks.test.ts', 'its memory is bounded under %s of a megabyte'],
      [`${emulator}/security.test.ts`, 'a picture of too many pixels gets no thumbnail'],
      [`${emulator}/security.test.ts`, 'ffmpeg is stopped when it takes too long'],
    ],
  },
  {
    text: 'One job builds, tests and packs the tarballs and has no rights; the job with the right to publish takes these tarballs, installs nothing and runs no code from the repository.',
    shownBy: [publishes, [workflows, 'writes nothing unless a job says why']],
  },
  {
    text: 'Actions are pinned by their full commit.',
    shownBy: [[workflows, 'pins every action by its full commit']],
  },
  {
    text: 'Dependencies are locked, few, and [each has a reason](docs/dependencies.md). Tests check their licenses and the files inside each package against lists.',
    shownBy: [
      ['apps/release/test/unit/dependencies.test.ts', 'licen'],
      ['apps/release/test/e2e/contents.test.ts', '('],
    ],
  },
];
