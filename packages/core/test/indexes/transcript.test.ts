import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSrt, formatWebVtt } from '../../src/index.ts';

const items = [
  { start: 0, end: 1.5, value: 'Hello.' },
  { start: 3661.0014, end: 3662.9999, value: 'Two\r\n\r\nlines & <i>more</i>' },
];

describe('subtitles', () => {
  it('as SubRip', () => {
    expect(formatSrt(items)).toBe(
      '1\n00:00:00,000 --> 00:00:01,500\nHello.\n\n' +
        '2\n01:01:01,001 --> 01:01:03,000\nTwo\nlines & <i>more</i>\n',
    );
  });

  it('as WebVTT, with text that is no markup', () => {
    expect(formatWebVtt(items)).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello.\n\n' +
        '01:01:01.001 --> 01:01:03.000\nTwo\nlines &amp; &lt;i&gt;more&lt;/i&gt;\n',
    );
  });

  it('have one cue for each item, whatever is spoken and whenever', () => {
    const time = fc.double({ min: 0, max: 360_000, noNaN: true });
    const words = fc.oneof(fc.string({ minLength: 1, unit: 'binary' }), fc.constantFrom('--->', '1\n\n-->'));
    const item = fc.record({ start: time, end: time, value: words });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 20 }), (spoken) => {
        for (const text of [formatWebVtt(spoken), formatSrt(spoken)]) {
          const cues = text.match(/^\d{2,}:[0-5]\d:[0-5]\d[.,]\d{3} --> \d{2,}:[0-5]\d:[0-5]\d[.,]\d{3}$/gm);
          expect(cues ?? []).toHaveLength(spoken.length);
          expect(text.split('-->')).toHaveLength(spoken.length + 1);
        }
      }),
    );
  });
});
