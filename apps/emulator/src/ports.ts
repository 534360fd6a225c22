import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that Linux, macOS, and Windows assign by themselves, to connections and to `listen(0)`. */
const FIRST = 20_000;
const LAST = 32_000;

/**
 * Reserves a TCP port on loopback for a program that cannot choose one itself.
 *
 * A port that was free a moment ago can be taken before the program listens: by a connection of any process, or by
 * another test run. Connections never get a port of this range, and other runs see the reservation: a UDP socket
 * with the same number, which this process keeps until it exits.
 *
 * @throws {Error} when every port of the range is taken
 */
export async function reservePort(): Promise<number> {
  const size = LAST - FIRST;
  const start = randomInt(size);
  for (let offset = 0; offset < size; offset++) {
    const port = FIRST + ((start + offset) % size);
    if ((await reserve(port)) && (await isFree(port))) return port;
  }
  throw new Error(`Every port from ${FIRST} to ${LAST} is taken`);
}

/** @throws {Error} when another program listens on this port of loopback; 0 stands for any free one */
export async function requireFreePort(port: number): Promise<void> {
  if (port === 0 || (await isFree(port))) return;
  throw new Error(`port ${port} is in use. Choose another one with --port, or 0 for a free one.`);
}

async function reserve(port: number): Promise<boolean> {
  const socket = createSocket('udp4').unref();
  try {
    const bound = once(socket, 'listening');
    socket.bind({ port, address: '127.0.0.1', exclusive: true });
    await bound;
    return true;
  } catch {
    socket.close();
    return false;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    const listening = once(server, 'listening');
    server.listen({ port, host: '127.0.0.1', exclusive: true });
    await listening;
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
