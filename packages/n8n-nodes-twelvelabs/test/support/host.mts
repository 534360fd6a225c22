import { Readable } from 'node:stream';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import type { IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { afterAll } from 'vitest';
import { TwelveLabs } from '../../nodes/TwelveLabs/TwelveLabs.node';

export const KEY = 'tlk_unit';
export const BASE_URL = 'https://api.example/v1.3';

/** A request that left the node. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Given {
  /** Node parameters by name; a function is an expression: called with the item's index. */
  readonly parameters: Record<string, unknown>;
  readonly items?: INodeExecutionData[];
  readonly onError?: string;
  /** What answers instead of the emulator, in order; the last one again and again. */
  readonly answers?: readonly (readonly [status: number, body: unknown])[];
  /** The key of each item's credential. */
  readonly apiKey?: (item: number) => string;
  /** Gets the requests, also of a run that fails. */
  readonly sent?: Sent[];
  /** The run of the node in an execution that is known by its cancel signal. */
  readonly execution?: { readonly signal: AbortSignal; readonly runIndex: number; readonly isTool: boolean };
}

interface Ran {
  readonly sent: readonly Sent[];
  readonly items: readonly INodeExecutionData[];
}

const emulator = await startEmulator({ apiKeys: [KEY], processingMs: 0 });
afterAll(() => emulator.close());

/** n8n as a node sees it: parameters by name with their expressions, and request helpers. */
export async function run({
  parameters,
  items = [{ json: {} }],
  onError,
  answers,
  apiKey = () => KEY,
  sent = [],
  execution,
}: Given): Promise<Ran> {
  const queue = [...(answers ?? [])];
  const request = async (options: {
    method: string;
    url: string;
    headers: Record<string, string>;
    body?: { type: string; stream(): AsyncIterable<Uint8Array> };
  }) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of options.body?.stream() ?? []) pieces.push(piece);
    const { method, url, headers } = options;
    const bytes = Buffer.concat(pieces);
    sent.push({ method, url, headers, body: bytes.toString('latin1') });
    const [next = queue[0]] = queue.length > 1 ? [queue.shift()] : [];
    const { status, body } = next
      ? new Response(JSON.stringify(next[1]), { status: next[0] })
      : await fetch(url.replace(BASE_URL, emulator.baseUrl), {
          method,
          headers: {
            ...headers,
            'x-api-key': KEY,
            ...(options.body ? { 'content-type': options.body.type } : {}),
          },
          ...(options.body ? { body: bytes } : {}),
        });
    return {
      statusCode: status,
      headers: {},
      body: body ? Readable.fromWeb(body as never) : Readable.from([]),
    };
  };
  const node = new TwelveLabs();
  // As n8n fills in what a workflow does not say.
  const all = Object.fromEntries(
    node.description.properties
      .filter(({ displayOptions: { show } = {} }) => {
        const { resource = 'asset', operation } = parameters;
        return show?.resource?.includes(String(resource)) && show.operation?.includes(String(operation));
      })
      .map(({ name, default: byDefault }) => [name, byDefault] as const),
  );
  Object.assign(all, parameters);
  const context = {
    getNodeParameter(name: string, item: number, fallback: unknown, more?: { extractValue?: boolean }) {
      const value = name in all ? resolve(all[name], item) : fallback;
      // What was chosen of a resource locator.
      return more?.extractValue ? ((value as { value?: unknown } | null)?.value ?? value) : value;
    },
    getInputData: () => items,
    getNode: () => ({
      id: '1',
      name: 'TwelveLabs',
      type: 'twelveLabs',
      typeVersion: 1,
      position: [0, 0],
      parameters: asStored(all),
      onError,
    }),
    getCredentials: async (_: string, item = 0) => ({ apiKey: apiKey(item), baseUrl: BASE_URL }),
    getExecutionCancelSignal: () => execution?.signal,
    evaluateExpression: () => execution?.runIndex ?? 0,
    isToolExecution: () => execution?.isTool ?? false,
    continueOnFail: () => onError !== undefined,
    getMode: () => 'trigger',
    getExecutionId: () => '1',
    logger: { info: () => undefined, warn: () => undefined },
    helpers: {
      httpRequest: request,
      httpRequestWithAuthentication: (_: string, options: Parameters<typeof request>[0]) => request(options),
      assertBinaryData(item: number, field: string) {
        const data = items[item]?.binary?.[field];
        if (!data) throw new Error('n8n names the missing field here');
        return data;
      },
    },
  };
  const [output = []] = await node.execute.call(context as unknown as IExecuteFunctions);
  return { sent, items: output };
}

/** What the node says when it fails. */
export async function failure(given: Given): Promise<string> {
  return run(given).then(
    () => 'it did not fail',
    (error: Error) => error.message,
  );
}

/** Parameters as a workflow stores them: an expression is a text. */
function asStored(parameters: Record<string, unknown>): INodeParameters {
  return JSON.parse(
    JSON.stringify(parameters, (_, value) => (typeof value === 'function' ? '={{ … }}' : value)),
  );
}

function resolve(value: unknown, item: number): unknown {
  if (typeof value === 'function') return value(item);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => resolve(one, item));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolve(one, item)]));
}
