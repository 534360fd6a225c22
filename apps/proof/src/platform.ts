import type { Emulator } from '@twelvelabs-nodes/emulator';

/** Assets on a platform, as anyone with the key would see them, newest first. */
export async function assetsOn({
  baseUrl,
  apiKey,
}: Pick<Emulator, 'baseUrl' | 'apiKey'>): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  for (let page = 1; ; page++) {
    const response = await fetch(`${baseUrl}/assets?page=${page}&page_limit=50`, {
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

export const totalOf = async (emulator: Pick<Emulator, 'baseUrl' | 'apiKey'>) =>
  (await assetsOn(emulator)).length;

export const clearFaults = async ({ url }: Pick<Emulator, 'url'>): Promise<void> =>
  void (await fetch(`${url}/_emulator/faults`, { method: 'DELETE' }));
