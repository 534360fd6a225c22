import {
  type AssetsClient,
  AuthenticationError,
  TwelveLabsError,
  ValidationError,
} from '@twelvelabs-nodes/core';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { choicesOf, requireThat } from '../host/check';
import { assetsClient } from '../host/client';
import { toNodeError } from '../host/errors';
import { type Happening, isMemoryOf, kindOf, startWatching, type Wanted, watch } from './watch';

/** Watches that are polling now: a poll that takes long must not be overtaken by the next one. */
const polling = new Set<string>();

/** One poll: what happened to assets since the last one, or nothing. */
export async function pollAssets(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
  try {
    const wanted = readWanted(context);
    if (context.getMode() === 'manual') return output(await example(await assetsClient(context), wanted));
    const watchId = `${context.getWorkflow().id}/${context.getNode().id}`;
    if (polling.has(watchId)) return null;
    polling.add(watchId);
    try {
      return output(await news(context, wanted));
    } finally {
      polling.delete(watchId);
    }
  } catch (error) {
    if (context.getMode() === 'manual' || !mayPass(error)) throw toNodeError(context.getNode(), error);
    // Nothing was forgotten: the next poll starts from the same memory.
    context.logger.warn(
      `${context.getNode().name}: this poll failed, the next one goes on from here: ${messageOf(error)}`,
    );
    return null;
  }
}

async function news(context: IPollFunctions, wanted: Wanted): Promise<Happening[]> {
  const client = await assetsClient(context);
  const kept = context.getWorkflowStaticData('node');
  const { memory } = kept;
  if (!isMemoryOf(memory, wanted)) {
    kept.memory = await startWatching(client, wanted, Date.now());
    return [];
  }
  const found = await watch(client, wanted, memory);
  kept.memory = found.memory;
  return found.happenings;
}

/** For "Fetch Test Event": the newest asset that matches, as an example. */
async function example(client: AssetsClient, { kinds, filename, events }: Wanted): Promise<Happening[]> {
  const { data } = await client.list({ page_limit: 50, ...(filename ? { filename } : {}) });
  const asset = data.find((one) => {
    const kind = kindOf(one);
    return kinds.length === 0 || (kind && kinds.includes(kind));
  });
  const [event] = events;
  return asset && event ? [{ event, asset }] : [];
}

function readWanted(context: IPollFunctions): Wanted {
  const { kinds = [], filename = '' } = (context.getNodeParameter('filters', {}) ?? {}) as IDataObject;
  const events = choicesOf(['created', 'ready', 'failed'])(
    context.getNodeParameter('events', []),
    'Trigger On',
  );
  requireThat(events.length > 0, 'Trigger On', 'length', 'must name at least one event', events);
  const isText = typeof filename === 'string';
  requireThat(isText, 'File Name Contains', 'type', 'must be a text', filename);
  return { events, kinds: choicesOf(['audio', 'image', 'video'])(kinds, 'Kinds'), filename };
}

function output(happenings: readonly Happening[]): INodeExecutionData[][] | null {
  if (happenings.length === 0) return null;
  return [happenings.map(({ event, asset }) => ({ json: { event, ...(asset as IDataObject) } }))];
}

/** A refused key and wrong fields stay wrong: people must see them. Everything else may be over at the next poll. */
function mayPass(error: unknown): boolean {
  return (
    TwelveLabsError.is(error) &&
    !(error instanceof AuthenticationError) &&
    !(error instanceof ValidationError)
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
