import {
  type Asset,
  EVENTS,
  exampleEvent,
  type IndexedAsset,
  isStateOf,
  isTemporary,
  pollEvents,
  startWatch,
  type TwelveLabsClient,
  TwelveLabsError,
  type WatchEvent,
  type Watched,
  watchAssets,
  watchIndexedAssets,
} from '@twelvelabs-nodes/core';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { choiceOf, choicesOf, requireThat } from '../host/check';
import { accountOf, twelveLabsClient } from '../host/client';
import { toNodeError } from '../host/errors';

type Item = Asset | IndexedAsset;

/** Watches that are polling now: a poll that takes long must not be overtaken by the next one. */
const polling = new Set<string>();

/** One poll: the events since the last one, or nothing. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
  try {
    const watch = readForm(context);
    const watched = watch(await twelveLabsClient(context));
    if (context.getMode() === 'manual') {
      const example = await exampleEvent(watched);
      return output(example ? [example] : []);
    }
    const watchId = `${context.getWorkflow().id}/${context.getNode().id}`;
    if (polling.has(watchId)) return null;
    polling.add(watchId);
    try {
      return output(await news(context, watched));
    } finally {
      polling.delete(watchId);
    }
  } catch (error) {
    if (context.getMode() === 'manual' || !(TwelveLabsError.is(error) && isTemporary(error)))
      throw toNodeError(context.getNode(), error, undefined, { index_id: 'Index' });
    // Nothing was forgotten: the next poll starts from the same memory.
    context.logger.warn(
      `${context.getNode().name}: this poll failed, the next one goes on from here: ${messageOf(error)}`,
    );
    return null;
  }
}

async function news(context: IPollFunctions, watched: Watched<Item>): Promise<WatchEvent<Item>[]> {
  // n8n keeps this with the workflow.
  const kept = context.getWorkflowStaticData('node');
  const account = await accountOf(context);
  // A memory of the first days does not say whose it is.
  const { memory, account: known = account } = kept;
  if (known !== account || !isStateOf(memory, watched)) {
    Object.assign(kept, { account, memory: await startWatch(watched, Date.now()) });
    if (known !== account) {
      context.logger.warn(
        `${context.getNode().name}: The account or its API key changed: the trigger starts over, and skips the assets that exist now.`,
      );
    }
    return [];
  }
  const { events, state } = await pollEvents(watched, memory);
  Object.assign(kept, { account, memory: state });
  return events;
}

/** What to watch, as the form says it. @throws {ValidationError} before anything is asked */
function readForm(context: IPollFunctions): (client: TwelveLabsClient) => Watched<Item> {
  const of = choiceOf(['assets', 'index'])(context.getNodeParameter('watch', 'assets'), 'Watch');
  const { kinds = [], filename: part = '' } = (context.getNodeParameter('filters', {}) ?? {}) as IDataObject;
  // An expression may return a number.
  const filename = Number.isFinite(part) ? String(part) : part;
  requireThat(typeof filename === 'string', 'File Name Contains', 'type', 'must be a text', filename);
  const chosen = context.getNodeParameter(of === 'index' ? 'indexEvents' : 'events', []);
  const events = choicesOf(EVENTS)(chosen, 'Trigger On');
  requireThat(events.length > 0, 'Trigger On', 'length', 'must name at least one event', events);
  if (of === 'index') {
    const index_id = context.getNodeParameter('indexId', '', { extractValue: true });
    requireThat(typeof index_id === 'string', 'Index', 'type', 'must be the ID of an index', index_id);
    return (client) => watchIndexedAssets(client.indexedAssets, { events, index_id, filename });
  }
  const filter = { events, kinds: choicesOf(['audio', 'image', 'video'])(kinds, 'Kinds'), filename };
  return (client) => watchAssets(client.assets, filter);
}

function output(events: readonly WatchEvent<Item>[]): INodeExecutionData[][] | null {
  if (events.length === 0) return null;
  return [events.map(({ event, item }) => ({ json: { event, ...(item as IDataObject) } }))];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
