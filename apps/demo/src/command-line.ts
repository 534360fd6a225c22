import { CommandLineError, live, text } from '@twelvelabs-nodes/emulator/command-line';

export const DEMO = {
  name: 'pnpm demo',
  about:
    'From a file to an answer: in a real n8n and in a real Node-RED, creates TwelveLabs assets from a media file and\nfrom a URL, asks about one, indexes it and finds it, against an emulator of the platform on this machine.',
  flags: {
    live: live(),
    url: text('URL', 'with --live: a public URL of a media file; without it, only the file is sent'),
  },
  check({ live, url }: { readonly live: unknown; readonly url: unknown }) {
    if (url !== undefined && !live)
      throw new CommandLineError('--url goes with --live: the emulator serves its own sample.');
  },
};
