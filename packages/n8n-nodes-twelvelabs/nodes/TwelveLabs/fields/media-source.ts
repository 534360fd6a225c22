import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { choiceOf } from '../../host/check';
import { type Field, own, sets, type Target } from '../form/field';
import { binaryField } from './binary-field';
import { pick } from './pick';

export type SourceName = 'asset' | 'file' | 'url';

interface Media {
  /** What it is, in descriptions: "video". */
  readonly noun: string;
  readonly default: SourceName;
  /** What the node does with a file. */
  readonly fileDescription: string;
  /** Where the asset and the URL belong in the call. */
  readonly targets: { readonly asset: Target; readonly url: Target };
  /** When there is media at all. */
  readonly show?: Readonly<Record<string, string[]>>;
}

/** Where the media of a call come from: a file of the item, a URL, or an asset. */
export function mediaSource({ noun, default: byDefault, fileDescription, targets, show = {} }: Media) {
  const options: Record<SourceName, INodePropertyOptions> = {
    asset: { name: 'Asset', value: 'asset', description: 'Media that was uploaded before' },
    file: { name: 'File From Input', value: 'file', description: fileDescription },
    url: { name: 'Public URL', value: 'url', description: `A direct link to the ${noun}` },
  };
  const choice: Field<SourceName> = own(
    {
      displayName: 'Source',
      name: 'source',
      type: 'options',
      noDataExpression: true,
      options: [options.asset, options.file, options.url],
      default: byDefault,
      description: `Where the ${noun} comes from`,
      ...(Object.keys(show).length > 0 ? { displayOptions: { show } } : {}),
    },
    choiceOf(['asset', 'file', 'url']),
  );
  const shownFor = (source: SourceName): Pick<INodeProperties, 'displayOptions'> => ({
    displayOptions: { show: { ...show, source: [source] } },
  });
  const fields: readonly Field[] = [
    choice,
    binaryField(shownFor('file')),
    sets(targets.url, {
      displayName: 'URL',
      name: 'url',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. https://example.com/video.mp4',
      description: `A direct link to the ${noun} that works without a login`,
      ...shownFor('url'),
    }),
    pick(targets.asset, 'assetId', 'Asset', 'searchAssets', shownFor('asset')),
  ];
  return { choice, fields };
}
