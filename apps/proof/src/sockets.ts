import { readdir, readFile, readlink } from 'node:fs/promises';

/** Connections that a process holds to a port of this machine. Source: proc(5), `/proc/net/tcp`. */
export async function connectionsTo(pid: number, port: number): Promise<number> {
  const inodes = new Set<string>();
  for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
    const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode) inodes.add(inode);
  }
  const wanted = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const table = await readFile(`/proc/${pid}/net/tcp`, 'utf8').catch(() => '');
  return table.split('\n').filter((line) => {
    const [, , remote, , , , , , , inode] = line.trim().split(/\s+/);
    return remote === wanted && inode !== undefined && inodes.has(inode);
  }).length;
}
