import {
  ASSET_EVENTS,
  type AssetEvent,
  type AssetEventFilter,
  AuthenticationError,
  exampleEvent,
  isStateOf,
  pollEvents,
  startWatch,
  TwelveLabsError,
  ValidationError,
} from '@twelvelabs-nodes/core';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { choicesOf, requireThat } from '../host/check';
import { twelveLabsClient } from '../host/client';
import { toNodeError } from '../host/errors';

/** Watches that are polling now: a poll that takes long must not be overtaken by the next one. */
const polling = new Set<string>();

/** One poll: the events since the last one, or nothing. */
export async function pollAssets(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
  try {
    const filter = readFilter(context);
    if (context.getMode() === 'manual') {
      const example = await exampleEvent((await twelveLabsClient(context)).assets, filter);
      return output(example ? [example] : []);
    }
    const watchId = `${context.getWorkflow().id}/${context.getNode().id}`;
    if (polling.has(watchId)) return null;
    polling.add(watchId);
    try {
      return output(await news(context, filter));
    } finally {
      polling.delete(watchId);
    }
  } catch (error) {
    if (context.getMode() === 'manual' || !isTemporary(error)) throw toNodeError(context.getNode(), error);
    // Nothing was forgotten: the next poll starts from the same memory.
    context.logger.warn(
      `${context.getNode().name}: this poll failed, the next one goes on from here: ${messageOf(error)}`,
    );
    return null;
  }
}

async function news(context: IPollFunctions, filter: AssetEventFilter): Promise<AssetEvent[]> {
  const client = (await twelveLabsClient(context)).assets;
  // n8n keeps this with the workflow.
  const kept = context.getWorkflowStaticData('node');
  const { memory } = kept;
  if (!isStateOf(memory, filter)) {
    kept.memory = await startWatch(client, filter, Date.now());
    return [];
  }
  const { events, state } = await pollEvents(client, filter, memory);
  kept.memory = state;
  return events;
}

function readFilter(context: IPollFunctions): AssetEventFilter {
  const { kinds = [], filename = '' } = (context.getNodeParameter('filters', {}) ?? {}) as IDataObject;
  const events = choicesOf(ASSET_EVENTS)(context.getNodeParameter('events', []), 'Trigger On');
  requireThat(events.length > 0, 'Trigger On', 'length', 'must name at least one event', events);
  const isText = typeof filename === 'string';
  requireThat(isText, 'File Name Contains', 'type', 'must be a text', filename);
  return { events, kinds: choicesOf(['audio', 'image', 'video'])(kinds, 'Kinds'), filename };
}

function output(events: readonly AssetEvent[]): INodeExecutionData[][] | null {
  if (events.length === 0) return null;
  return [events.map(({ event, asset }) => ({ json: { event, ...(asset as IDataObject) } }))];
}

/** A refused key and wrong fields stay wrong: people must see them. Everything else may be over at the next poll. */
function isTemporary(error: unknown): boolean {
  return (
    TwelveLabsError.is(error) &&
    !(error instanceof AuthenticationError) &&
    !(error instanceof ValidationError)
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
