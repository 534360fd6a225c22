import type { INodePropertyOptions } from 'n8n-workflow';

/** What media an asset can be, as filters offer it. */
export const KINDS: INodePropertyOptions[] = [
  { name: 'Audio', value: 'audio' },
  { name: 'Image', value: 'image' },
  { name: 'Video', value: 'video' },
];
