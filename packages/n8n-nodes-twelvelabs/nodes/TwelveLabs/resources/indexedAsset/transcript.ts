import { formatSrt, formatWebVtt, retrieveTranscript } from '@twelvelabs-nodes/core';
import { choiceOf } from '../../../host/check';
import { indexId } from '../../fields/index-id';
import { own } from '../../form/field';
import { ItemWithFile, type Operation } from '../../form/operation';
import { indexedAssetId } from './fields';

const format = own(
  {
    displayName: 'Format',
    name: 'format',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Items', value: 'items', description: 'One item for each part, with times in seconds' },
      { name: 'SRT File', value: 'srt', description: 'Subtitles for players and editors' },
      { name: 'Text', value: 'text', description: 'All that is spoken, in one item' },
      { name: 'VTT File', value: 'vtt', description: 'Subtitles for web pages' },
    ],
    default: 'items',
  },
  choiceOf(['items', 'srt', 'text', 'vtt'] as const),
);

const FILES = {
  srt: { write: formatSrt, type: 'application/x-subrip' },
  vtt: { write: formatWebVtt, type: 'text/vtt' },
} as const;

export const getTranscript: Operation = {
  value: 'getTranscript',
  name: 'Get Transcript',
  action: 'Get the transcript of an indexed asset',
  description: 'Get what is spoken in an indexed asset: as items, text or subtitles',
  form: [indexId, indexedAssetId, format],
  async run({ core, form, context }) {
    const parts = await core(retrieveTranscript);
    const { indexed_asset_id } = form.params;
    const wanted = form.get(format) ?? 'items';
    if (wanted === 'items') return parts;
    if (wanted === 'text') return [{ indexed_asset_id, text: parts.map(({ value }) => value).join(' ') }];
    const { write, type } = FILES[wanted];
    const data = await context.helpers.prepareBinaryData(
      Buffer.from(write(parts)),
      `${indexed_asset_id}.${wanted}`,
      type,
    );
    return [new ItemWithFile({ indexed_asset_id }, { data })];
  },
};
