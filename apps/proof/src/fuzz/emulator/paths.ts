import fc from 'fast-check';
import { nasty } from '../values.ts';

const HEX = '65f0a0b1c2d3e4f5a6b7c8d9';
export const path = fc.oneof(
  fc.constantFrom(
    '/v1.3/assets',
    `/v1.3/assets/${HEX}`,
    `/v1.3/assets/${HEX}/user-metadata`,
    '/v1.3/assets/multipart-uploads',
    `/v1.3/assets/multipart-uploads/${HEX}`,
    `/v1.3/assets/multipart-uploads/${HEX}/presigned-urls`,
    '/_emulator/faults',
    '/_emulator/clock',
    '/_emulator/answers',
    '/_emulator/references',
    '/_emulator/state',
    '/v1.3/analyze',
    '/v1.3/analyze/tasks',
    '/v1.3/indexes',
    `/v1.3/indexes/${HEX}/indexed-assets`,
    '/v1.3/search',
    '/v1.3/embed-v2',
    '/v1.3/embed-v2/tasks',
    '/v1.3/entity-collections',
    `/v1.3/entity-collections/${HEX}/entities`,
    '/healthz',
    '/',
    '/storage/x',
  ),
  nasty.map((text) => `/v1.3/assets/${encodeURIComponent(text.toWellFormed())}`),
  nasty.map((text) => `/v1.3/${text.replace(/[^\x21-\x7e]/g, '')}`),
);
export const query = fc.option(
  fc
    .dictionary(
      fc.constantFrom('page', 'page_limit', 'asset_ids', 'filename', 'asset_types', 'force', 'x'),
      nasty,
    )
    .map(
      (given) =>
        `?${Object.entries(given)
          .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
          .join('&')}`,
    ),
  { nil: '' },
);
