import type { IndexedAssetRecord } from '../store/indexes.ts';
import type { Filter } from './request.ts';

/** True when a video has all that a filter asks for. Source: "Make a search request", `filter`. */
export function passesFilter(video: IndexedAssetRecord, filter: Filter): boolean {
  const { filename, duration, width, height, size } = video.facts;
  const fields: Record<string, unknown> = {
    ...video.user_metadata,
    ...{ id: video.id, filename, duration, width, height, size },
  };
  return Object.entries(filter).every(([name, condition]) => {
    const value = fields[name];
    if (Array.isArray(condition)) return typeof value === 'string' && condition.includes(value);
    if (typeof condition !== 'object') return value === condition;
    if (typeof value !== 'number') return false;
    return value >= (condition.gte ?? -Infinity) && value <= (condition.lte ?? Infinity);
  });
}
