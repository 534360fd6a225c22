import type { Emulator } from '@twelvelabs-nodes/emulator';

type Account = Pick<Emulator, 'baseUrl' | 'apiKey'>;

/** Assets on a platform, as anyone with the key would see them, newest first. */
export const assetsOn = (account: Account) => listed(account, 'assets');

/** How many assets there are, without those of uploads that nobody completed. */
export async function totalOf(account: Account): Promise<number> {
  const unfinished = await listed(account, 'assets/multipart-uploads');
  return (await assetsOn(account)).length - unfinished.length;
}

async function listed({ baseUrl, apiKey }: Account, path: string): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  for (let page = 1; ; page++) {
    const response = await fetch(`${baseUrl}/${path}?page=${page}&page_limit=50`, {
      headers: { 'x-api-key': apiKey },
    });
    if (!response.ok) throw new Error(`The list answered ${response.status}`);
    const { data, page_info } = (await response.json()) as {
      data: Record<string, unknown>[];
      page_info: { total_page: number };
    };
    all.push(...data);
    if (page >= page_info.total_page) return all;
  }
}

export const clearFaults = async ({ url }: Pick<Emulator, 'url'>): Promise<void> =>
  void (await fetch(`${url}/_emulator/faults`, { method: 'DELETE' }));
