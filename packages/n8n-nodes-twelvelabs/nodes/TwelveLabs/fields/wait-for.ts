import type { INodePropertyOptions } from 'n8n-workflow';

/** What waiting can be for. */
export const WAIT_FOR: INodePropertyOptions[] = [
  { name: 'Asset', value: 'asset', description: 'The asset itself is ready to use' },
  { name: 'HLS Stream', value: 'hls', description: 'The playlist and segments for streaming are there' },
  { name: 'Thumbnail', value: 'thumbnail', description: 'The thumbnail images are there' },
];
