/** One frame of Node-RED's editor socket. */
export interface CommsEvent {
  topic: string;
  data: unknown;
}

/** A node's status as the editor shows it; `{}` means none. */
export interface NodeStatus {
  fill?: string;
  shape?: string;
  text?: string;
}

/**
 * Listens to what Node-RED tells its editor: statuses, debug messages and notifications.
 * Statuses are replayed on subscribing, so the last one of every node is known from the start.
 */
export class Comms implements AsyncDisposable {
  readonly events: CommsEvent[] = [];
  readonly #socket: WebSocket;
  readonly #watchers = new Set<() => void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('close', () => this.#wake());
    socket.addEventListener('message', (message) => {
      const frames = JSON.parse(String(message.data)) as CommsEvent | CommsEvent[];
      this.events.push(...[frames].flat());
      this.#wake();
    });
  }

  #wake(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** @param url Node-RED's address, such as `http://127.0.0.1:1880`. */
  static async connect(url: string): Promise<Comms> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/comms`);
    const comms = new Comms(socket);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve(), { once: true });
      socket.addEventListener('error', () => reject(new Error(`No editor socket at ${url}/comms`)), {
        once: true,
      });
    });
    for (const topic of ['status/#', 'debug', 'notification/#'])
      socket.send(JSON.stringify({ subscribe: topic }));
    return comms;
  }

  /** Every status that a node has shown, oldest first. */
  statuses(nodeId: string): NodeStatus[] {
    return this.events
      .filter((event) => event.topic === `status/${nodeId}`)
      .map((event) => event.data as NodeStatus);
  }

  /** Resolves with the first event, past or to come, that matches. @param since index into `events` to start from. */
  async when(matches: (event: CommsEvent) => boolean, since = 0): Promise<CommsEvent> {
    let seen = since;
    for (;;) {
      while (seen < this.events.length) {
        const event = this.events[seen++] as CommsEvent;
        if (matches(event)) return event;
      }
      if (this.#socket.readyState >= WebSocket.CLOSING) throw new Error('The editor socket was closed');
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#watchers.delete(wake);
          resolve();
        };
        this.#watchers.add(wake);
      });
    }
  }

  /** Resolves once a node shows a status whose text matches. */
  async status(nodeId: string, text: RegExp, since = 0): Promise<NodeStatus> {
    const event = await this.when(
      ({ topic, data }) => topic === `status/${nodeId}` && text.test((data as NodeStatus).text ?? ''),
      since,
    );
    return event.data as NodeStatus;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise<void>((resolve) =>
      this.#socket.addEventListener('close', () => resolve(), { once: true }),
    );
    this.#socket.close();
    await closed;
  }
}
