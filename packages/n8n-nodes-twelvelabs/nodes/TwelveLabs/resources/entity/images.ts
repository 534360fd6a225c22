import { createAsset, type ValidationIssue } from '@twelvelabs-nodes/core';
import { commaSeparated } from '../../../host/as-meant';
import { choiceOf, requireThat } from '../../../host/check';
import { inputFile } from '../../fields/input-file';
import { onceKey } from '../../fields/once';
import { LATER, requireSound, uploaded } from '../../fields/uploaded';
import { type Field, own, sets } from '../../form/field';
import { ids } from '../../form/lists';
import type { Call } from '../../form/operation';

const source = own(
  {
    displayName: 'Images',
    name: 'images',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Assets', value: 'assets', description: 'Images that were uploaded before' },
      {
        name: 'Files From Input',
        value: 'files',
        description: 'The images of the input item: the node uploads them first',
      },
    ],
    default: 'files',
    description: 'Where the images of the entity come from',
  },
  choiceOf(['assets', 'files']),
);

export const imageFields: readonly Field[] = [
  source,
  sets(
    'params.file',
    {
      displayName: 'Input Binary Fields',
      name: 'binaryPropertyNames',
      type: 'string',
      default: 'data',
      required: true,
      placeholder: 'e.g. front, side',
      hint: 'Comma-separated names of the input fields that contain the images. “data” also finds the only file of an item.',
      displayOptions: { show: { images: ['files'] } },
    },
    (value, field) => {
      const names = commaSeparated(value);
      const areNames = Array.isArray(names) && names.length > 0;
      requireThat(areNames, field, 'type', 'must be the names of binary fields, comma-separated', value);
      return names;
    },
  ),
  sets(
    'params.asset_ids',
    {
      displayName: 'Image Asset IDs',
      name: 'assetIds',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. 6298d673f1090f1100476d4c, 6298d673f1090f1100476d4d',
      description: 'Comma-separated IDs of image assets, or an expression that returns an array',
      displayOptions: { show: { images: ['assets'] } },
    },
    ids,
  ),
];

/** Of the assets that the files become. */
export const imagesKey: Field = {
  ...onceKey,
  property: {
    ...onceKey.property,
    description:
      'Any text that identifies this job, such as an order number. If an asset with this key exists, the node uses it instead of uploading the image again. Further images get the key with “(2)”, “(3)” and so on.',
  },
};

interface Use {
  /** What is wrong with the rest of the call. */
  readonly check: (asset_ids: unknown) => Promise<readonly ValidationIssue[]>;
  /** Asks the platform for what the images are for. */
  readonly mustExist: () => Promise<unknown>;
}

/** The create-once key of one of several images that share a key, by its place from 1. */
function keyOf(once: unknown, place: number): object {
  if (once === undefined) return {};
  return { once: place === 1 ? once : `${String(once).trim()} (${place})` };
}

/** The ids of the chosen images; files become assets, one after the other. */
export async function imagesOf(call: Call, { check, mustExist }: Use): Promise<unknown> {
  const { file: fields, asset_ids } = call.form.params;
  if (call.form.get(source) === 'assets') {
    call.form.add(await check(asset_ids));
    return asset_ids;
  }
  const names: readonly unknown[] = Array.isArray(fields) ? fields : [fields];
  const { once } = call.form.options;
  const images = names.map((field, index) => ({
    field,
    options: { kinds: ['image'], ...keyOf(once, index + 1) },
  }));
  const signal = call.context.getExecutionCancelSignal();
  // All of them are checked before the first one becomes an asset.
  const issues = [...(await check([LATER]))];
  for (const { field, options } of images) {
    const file = await inputFile(call, field);
    try {
      if (file) issues.push(...(await createAsset.check({ method: 'direct', file }, { ...options, signal })));
    } finally {
      file?.close();
    }
  }
  await requireSound(call, issues, mustExist);
  const created: string[] = [];
  for (const image of images) created.push(await uploaded(call, image));
  return created;
}
