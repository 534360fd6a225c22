import { join } from 'node:path';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { type MadeFiles, makeFiles } from './contract/files.ts';
import { MARKER } from './hostile/attack.ts';
import { type MadeVendor, makeVendor } from './hostile/vendor.ts';
import { type MadeAddresses, makeAddresses } from './matrix/addresses.ts';
import { FILE_SIZE, largeVideo } from './matrix/media.ts';
import { coreRunner } from './runners/core.ts';
import { n8nRunner, nodeRedRunner } from './runners/hosts.ts';
import type { Runner } from './runners/runner.ts';
import { type WatchedFolder, watchedFolder } from './secrecy/traces.ts';

/** Core, one n8n and one Node-RED, each with a platform, in a folder that is searched for the key in the end. */
export interface Hosts extends AsyncDisposable {
  readonly addresses: MadeAddresses;
  readonly files: MadeFiles;
  /** Videos of the matrix' size, and of a megabyte. */
  readonly large: string;
  readonly small: string;
  readonly vendor: MadeVendor;
  readonly watched: WatchedFolder;
  readonly n8n: Awaited<ReturnType<typeof n8nRunner>>;
  readonly nodeRed: Awaited<ReturnType<typeof nodeRedRunner>>;
  readonly runners: readonly { readonly runner: Runner; readonly emulator: Emulator }[];
  runnerOf(name: Runner['name']): { readonly runner: Runner; readonly emulator: Emulator };
}

export async function startHosts(): Promise<Hosts> {
  const stack = new AsyncDisposableStack();
  const addresses = stack.use(await makeAddresses());
  const files = stack.use(await makeFiles());
  // Whatever anyone puts into a temporary folder from here on is searched in the end.
  const watched = stack.use(await watchedFolder());
  const vendor = stack.use(await makeVendor());
  const large = await largeVideo(join(files.dir, 'video.mp4'), FILE_SIZE);
  const small = await largeVideo(join(files.dir, 'small.mp4'), 1_000_000);
  const env = { ...addresses.env, TMPDIR: watched.folder };
  const [n8n, nodeRed] = await Promise.all([
    n8nRunner({ env }),
    nodeRedRunner({ env, packages: [vendor.folder], flows: vendor.flows, credentials: vendor.credentials }),
  ]);
  const { HTTPS_PROXY = '', NO_PROXY = '' } = addresses.env;
  const core = coreRunner({ proxy: HTTPS_PROXY, noProxy: NO_PROXY });
  const runners: { runner: Runner; emulator: Emulator }[] = [];
  for (const runner of [core, stack.use(n8n), stack.use(nodeRed)]) {
    runners.push({ runner, emulator: stack.use(await startEmulator({ ffmpeg: false, apiKeys: [MARKER] })) });
  }
  return {
    addresses,
    files,
    large,
    small,
    vendor,
    watched,
    n8n,
    nodeRed,
    runners,
    runnerOf(name) {
      const found = runners.find(({ runner }) => runner.name === name);
      if (!found) throw new Error(`No runner is called ${name}`);
      return found;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
