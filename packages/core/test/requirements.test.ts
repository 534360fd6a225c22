import { describe, expect, it } from 'vitest';
import type { Asset } from '../src/assets/schema.ts';

import {
  checkRequirements,
  type RequirementsReport,
  type UseCase,
} from '../src/requirements/check-requirements.ts';
import { thrownBy } from './support/thrown.ts';

const MiB = 1024 ** 2;

const video = (overrides: Partial<Asset> = {}, technical: Record<string, unknown> = {}): Asset => ({
  _id: 'a1',
  status: 'ready',
  file_type: 'video/mp4',
  size: 10 * MiB,
  duration: 90,
  ...overrides,
  technical_metadata: {
    file_container_format: 'mov,mp4,m4a,3gp,3g2,mj2',
    video_width: 1920,
    video_height: 1080,
    ...technical,
  },
});
const audio = (overrides: Partial<Asset> = {}): Asset => ({
  _id: 'a2',
  status: 'ready',
  file_type: 'audio/mpeg',
  size: MiB,
  duration: 30,
  technical_metadata: { file_container_format: 'mp3' },
  ...overrides,
});
const image = (width: number, height: number, size = MiB): Asset => ({
  _id: 'a3',
  status: 'ready',
  file_type: 'image/png',
  size,
  technical_metadata: { image_width: width, image_height: height },
});

const endpointsOf = ({ endpoints }: RequirementsReport) =>
  Object.fromEntries(endpoints.map(({ endpoint, fits }) => [endpoint, fits]));
const outcome = (fit: RequirementsReport, requirement: string, endpoint?: string) =>
  fit.checks.find((c) => c.requirement === requirement && (!endpoint || c.endpoint === endpoint))?.outcome;

describe('video analysis', () => {
  it.each([
    [3.99, false, false],
    [4, true, true],
    [3600, true, true],
    [3600.01, false, true],
    [7200, false, true],
    [7200.5, false, false],
  ])('of %d s: synchronous %s, asynchronous %s', (duration, synchronous, asynchronous) => {
    const fit = checkRequirements(video({ duration }), 'analysis');
    expect(endpointsOf(fit)).toEqual({ '/analyze': synchronous, '/analyze/tasks': asynchronous });
    expect(fit.fits).toBe(synchronous || asynchronous);
  });

  it('says what a long video can still be used for, with the numbers', () => {
    const { summary, fits } = checkRequirements(video({ duration: 5400 }), 'analysis');
    expect(fits).toBe(true);
    expect(summary).toBe(
      'Fits video analysis, asynchronous only (/analyze/tasks): duration is 1 h 30 min (required: 4 s to 1 h) (/analyze)',
    );
  });

  it.each([
    [360, 360, 'met', 'met'],
    [359, 400, 'missed', 'met'],
    [5184, 2160, 'met', 'met'],
    [5186, 2161, 'missed', 'met'],
    [2160, 5184, 'unknown', 'met'],
    [1920, 800, 'met', 'met'],
    [1921, 800, 'met', 'missed'],
    [400, 960, 'met', 'met'],
    [400, 961, 'met', 'missed'],
  ])('of %dx%d: resolution %s, aspect ratio %s', (video_width, video_height, resolution, ratio) => {
    const fit = checkRequirements(video({}, { video_width, video_height }), 'analysis');
    expect(outcome(fit, 'resolution')).toBe(resolution);
    expect(outcome(fit, 'aspect_ratio')).toBe(ratio);
  });

  it.each([
    ['audio', audio()],
    ['image', image(800, 600)],
  ])('does not take %s', (kind, asset) => {
    const fit = checkRequirements(asset, 'analysis');
    expect(fit.fits).toBe(false);
    expect(fit.checks).toMatchObject([
      { requirement: 'kind', outcome: 'missed', required: 'video', actual: kind, endpoint: '/analyze' },
      { requirement: 'kind', outcome: 'missed', endpoint: '/analyze/tasks' },
    ]);
    expect(fit.summary).toBe(
      `Does not fit video analysis: kind is ${kind} (required: video) (/analyze, /analyze/tasks)`,
    );
  });

  it('leaves what the asset does not tell unknown', () => {
    const { technical_metadata: _, ...older } = video();
    const fit = checkRequirements(older, 'analysis');
    expect(fit.fits).toBe('unknown');
    expect(outcome(fit, 'duration')).toBe('met');
    for (const requirement of ['resolution', 'aspect_ratio', 'format']) {
      expect(outcome(fit, requirement)).toBe('unknown');
    }
    expect(fit.summary).toMatch(
      /^May fit video analysis: not known: resolution is unknown \(required: 360x360 to/,
    );
  });

  it('reads kind and duration from the technical metadata where the asset has none', () => {
    const { duration: _, ...bare } = video({}, { video_duration_seconds: 2 });
    const fit = checkRequirements({ ...bare, file_type: 'application/mp4' }, 'analysis');
    expect(outcome(fit, 'kind')).toBe('met');
    expect(outcome(fit, 'duration')).toBe('missed');
  });
});

describe('embeddings', () => {
  it.each([
    [2, true, false],
    [600, true, true],
    [601, false, true],
    [14_400, false, true],
    [14_401, false, false],
  ])('of %d s: synchronous %s, asynchronous %s', (duration, synchronous, asynchronous) => {
    for (const asset of [video({ duration }), audio({ duration })]) {
      const fit = checkRequirements(asset, 'embeddings');
      expect(endpointsOf(fit)).toEqual({ '/embed-v2': synchronous, '/embed-v2/tasks': asynchronous });
    }
  });

  it('holds 4 GB against the asynchronous endpoint only', () => {
    const fit = checkRequirements(video({ size: 4 * 1024 * MiB + 1 }), 'embeddings');
    expect(endpointsOf(fit)).toEqual({ '/embed-v2': true, '/embed-v2/tasks': false });
  });

  it.each([
    'audio/mpeg',
    'audio/wav',
    'audio/x-wav',
    'audio/wave',
    'audio/vnd.wave',
    'audio/flac',
    'audio/x-flac',
  ])('takes %s', (file_type) => {
    expect(
      endpointsOf(checkRequirements(audio({ file_type, technical_metadata: {} }), 'embeddings')),
    ).toEqual({
      '/embed-v2': true,
      '/embed-v2/tasks': true,
    });
  });

  it('misses another audio format where the formats are stated, and does not guess where they are not', () => {
    const ogg = audio({ file_type: 'audio/ogg', technical_metadata: { file_container_format: 'ogg' } });
    const fit = checkRequirements(ogg, 'embeddings');
    expect(endpointsOf(fit)).toEqual({ '/embed-v2': false, '/embed-v2/tasks': 'unknown' });
    expect(fit.fits).toBe('unknown');
  });

  it.each([
    [128, 128, MiB, true],
    [127, 128, MiB, false],
    [128, 128, 5 * MiB, true],
    [128, 128, 6 * MiB, 'unknown'],
    [128, 128, 33 * MiB, false],
    [4000, 1000, MiB, true],
  ])('of a %dx%d image of %d bytes: %s', (width, height, size, fits) => {
    const fit = checkRequirements(image(width, height, size), 'embeddings');
    expect(fit.fits).toBe(fits);
    expect(endpointsOf(fit)['/embed-v2/tasks']).toBe(false);
  });
});

describe.each([
  ['search', 'https://docs.twelvelabs.io/v1.3/docs/concepts/models/marengo#video-file-requirements'],
  ['entity_search', 'https://docs.twelvelabs.io/v1.3/docs/concepts/models/marengo#image-file-requirements'],
] as const)('%s, whose requirements are not known', (workflow, page) => {
  it.each([
    ['video', video()],
    ['image', image(10, 10)],
  ])('is unknown for a %s, with a link', (_kind, asset) => {
    const fit = checkRequirements(asset, workflow);
    expect(fit.fits).toBe('unknown');
    expect(fit.checks).toMatchObject([{ outcome: 'unknown', source: page }]);
    expect(fit.summary).toContain(page);
  });
});

describe('an asset that is not ready', () => {
  const workflows: UseCase[] = ['search', 'analysis', 'entity_search', 'embeddings'];

  it('fits nothing when it failed', () => {
    for (const workflow of workflows)
      expect(checkRequirements(video({ status: 'failed' }), workflow).fits).toBe(false);
  });

  it.each(['processing', 'archived'])('is unknown while "%s"', (status) => {
    for (const workflow of workflows) {
      const fit = checkRequirements(video({ status }), workflow);
      expect(fit.fits).toBe('unknown');
      expect(outcome(fit, 'status')).toBe('unknown');
    }
  });

  it('never throws over fields of a type nobody documented', () => {
    const odd = {
      _id: 'a',
      status: 'ready',
      file_type: 'video/mp4',
      duration: 'long',
      technical_metadata: { video_width: [] },
    };
    expect(checkRequirements(odd as unknown as Asset, 'analysis').fits).toBe('unknown');
  });
});

it('every check states its requirement and its source', () => {
  for (const workflow of ['search', 'analysis', 'entity_search', 'embeddings'] as const) {
    for (const check of checkRequirements(video(), workflow).checks) {
      expect(check.required).not.toBe('');
      expect(check.source).toMatch(/published API description|https:\/\/docs\.twelvelabs\.io\//);
    }
  }
});

it('refuses a workflow that does not exist', () => {
  expect(thrownBy(() => checkRequirements(video(), 'serach' as UseCase))).toMatchObject({
    code: 'validation',
  });
});
