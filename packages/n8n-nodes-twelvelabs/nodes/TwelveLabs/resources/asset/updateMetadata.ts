import {
  deleteUserMetadata,
  replaceUserMetadata,
  retrieveAsset,
  updateUserMetadata,
  type ValidationIssue,
} from '@twelvelabs-nodes/core';
import { commaSeparated } from '../../../host/as-meant';
import { choiceOf, requireThat } from '../../../host/check';
import { assetId } from '../../fields/asset-id';
import { metadata, metadataJson } from '../../fields/metadata';
import { shown, simplify } from '../../fields/simplify';
import { own, type Read } from '../../form/field';
import type { Call, Operation } from '../../form/operation';

const mode = own(
  {
    displayName: 'Mode',
    name: 'mode',
    type: 'options',
    options: [
      { name: 'Clear', value: 'clear', description: 'Remove all metadata' },
      { name: 'Merge', value: 'merge', description: 'Add and change the given keys, and keep the others' },
      { name: 'Replace', value: 'replace', description: 'Keep the given keys only' },
    ],
    default: 'merge',
    description: 'What to do with the metadata that the asset has',
  },
  choiceOf(['clear', 'merge', 'replace']),
);

/** In workflows of the first days, which entered metadata either field by field or as JSON. */
const specify = own(
  { displayName: 'Specify Metadata', name: 'specifyMetadata', type: 'hidden', default: 'pairs' },
  choiceOf(['pairs', 'json']),
);

const names: Read<string[]> = (value, field) => {
  const keys = commaSeparated(value);
  const areNames = Array.isArray(keys) && keys.every((key) => typeof key === 'string');
  requireThat(areNames, field, 'type', 'must be comma-separated keys, or an array of keys', value);
  return keys;
};

const removals = own(
  {
    displayName: 'Keys to Remove',
    name: 'removeKeys',
    type: 'string',
    default: '',
    placeholder: 'e.g. draft, reviewer',
    description: 'Comma-separated keys to remove',
    displayOptions: { show: { specifyMetadata: ['pairs'], mode: ['merge'] } },
  },
  names,
);

const pairs = metadata({
  description: 'What to store with the asset. When merging, null in JSON removes a key.',
  displayOptions: { show: { specifyMetadata: ['pairs'] }, hide: { mode: ['clear'] } },
});

const json = metadataJson(
  { displayOptions: { show: { specifyMetadata: ['json'] }, hide: { mode: ['clear'] } } },
  'refused',
);

/**
 * Nobody who leaves the field as it is means to lose all metadata; an expression that returns an empty object does.
 */
function nothingGiven(call: Call, user_metadata: object): ValidationIssue[] {
  const message = 'must contain at least one key. To remove all metadata, set Mode to Clear';
  const { property } = call.form.get(specify) === 'json' ? json : pairs;
  const isEmpty = Object.keys(user_metadata).length === 0;
  return isEmpty && !isComputed(call.context.getNode().parameters[property.name])
    ? [{ field: 'user_metadata', rule: 'required', message, received: 'nothing' }]
    : [];
}

/** Whether an expression is in what a workflow has for a field. */
function isComputed(raw: unknown): boolean {
  return typeof raw === 'string' ? raw.startsWith('=') : Object.values(raw ?? {}).some(isComputed);
}

export const updateMetadata: Operation = {
  value: 'updateMetadata',
  name: 'Update Metadata',
  action: 'Update the metadata of an asset',
  description: 'Change, replace or clear the metadata of an asset',
  form: [assetId, mode, specify, pairs, json, removals, simplify],
  async run(call) {
    const { asset_id } = call.form.params;
    const user_metadata = call.form.get(pairs) ?? call.form.get(json) ?? {};
    const change = call.form.get(mode);
    if (change === 'clear') await call.core(deleteUserMetadata, { params: { asset_id } });
    else if (change === 'replace') {
      call.form.add(nothingGiven(call, user_metadata));
      await call.core(replaceUserMetadata, { params: { asset_id, user_metadata } });
    } else {
      const removed = Object.fromEntries((call.form.get(removals) ?? []).map((name) => [name, null]));
      const merged = { ...removed, ...user_metadata };
      await call.core(updateUserMetadata, { params: { asset_id, user_metadata: merged } });
    }
    return [shown(call, await call.core(retrieveAsset, { params: { asset_id } }))];
  },
};
