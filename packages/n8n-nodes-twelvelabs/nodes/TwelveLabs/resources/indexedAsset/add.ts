import { createAsset, createIndexedAsset } from '@twelvelabs-nodes/core';
import { createOnce } from '../../create-asset';
import { checkUrl } from '../../fields/check-url';
import { chosenIndex, indexIdOrName } from '../../fields/index-id';
import { mediaSource } from '../../fields/media-source';
import { metadata } from '../../fields/metadata';
import { onceKey } from '../../fields/once';
import { idToCheck } from '../../fields/pick';
import { LATER, requireSound, uploaded } from '../../fields/uploaded';
import { waitLimit, waitSwitch } from '../../fields/waiting';
import { group } from '../../form/field';
import type { Call, Operation } from '../../form/operation';

const source = mediaSource({
  noun: 'video or audio',
  default: 'asset',
  fileDescription: 'Uploads the input file, and waits until the asset is ready',
  targets: { asset: 'params.asset_id', url: 'params.url' },
});

const wait = waitSwitch('Whether to wait until the asset can be searched');

export const add: Operation = {
  value: 'create',
  name: 'Add',
  action: 'Add an asset to an index',
  description: 'Make a file or an asset searchable. An asset that is already in the index is returned.',
  form: [
    indexIdOrName,
    ...source.fields,
    wait,
    group('Options', 'options', [
      metadata({ description: 'Metadata that a search can filter by' }),
      onceKey,
      checkUrl,
      waitLimit('options.waitUntilReady.maxWait'),
    ]),
  ],
  async run(call) {
    const { waitUntilReady: waiting = {}, ...options } = call.form.options;
    const { user_metadata } = call.form.params;
    const more = user_metadata === undefined ? {} : { user_metadata };
    const index = idToCheck(call.form.params.index_id);
    const waitUntilReady = call.form.get(wait) === true ? waiting : false;
    const check = async (asset: unknown = LATER) => [
      ...(await chosenIndex.check(call)),
      ...(await createIndexedAsset.check({ index_id: index, asset_id: asset, ...more }, { waitUntilReady })),
    ];
    const asset_id = await assetOf(call, { check: () => check(), waiting: waiting as object, options });
    call.form.add(await check(asset_id));
    const index_id = await chosenIndex.id(call);
    return [
      await call.core(createIndexedAsset, {
        params: { index_id, asset_id, ...more },
        options: {
          waitUntilReady,
          onIndexedAsset: ({ _id }: { _id: string }) => call.onWaiting(`indexed asset ${_id}`),
        },
      }),
    ];
  },
};

interface Creation {
  readonly check: () => ReturnType<typeof createIndexedAsset.check>;
  readonly waiting: object;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The id of the chosen asset, which is created from a file or a URL. */
async function assetOf(call: Call, { check, waiting, options }: Creation): Promise<unknown> {
  const { file: field, url, asset_id } = call.form.params;
  const mustExist = () => chosenIndex.mustExist(call);
  const from = call.form.get(source.choice);
  if (from === 'file') return uploaded(call, { field, check, mustExist, options, waiting });
  if (from !== 'url') return asset_id;
  const params = { method: 'url', url };
  const issues = [...(await check()), ...(await createAsset.check(params, options))];
  await requireSound(call, issues, mustExist);
  return (await createOnce(call, { params, options, waiting }))._id;
}
