import fc from 'fast-check';

/** Texts that parsers stumble over. */
export const nasty = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '..',
    '../..',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '\u0000',
    '\r\n',
    '\r\nx-evil: 1',
    '"',
    '%00',
    '%2e%2e%2f',
    '\u202e',
    '\u2028',
    '\ud800',
    '[object Object]',
    'NaN',
    '-1',
    '1e999',
    '0x10',
    'https://example.com/a.mp4',
    'file:///etc/passwd',
    'http://127.0.0.1/',
    '65f0a0b1c2d3e4f5a6b7c8d9',
    'x'.repeat(70_000),
  ),
);

export const junk: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: nasty },
  fc.constantFrom(null, true, false, 0, -0, -1, 1.5, 2 ** 31, 2 ** 53, 1e300, -1e300, [], {}, [[]], [null]),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.jsonValue({ maxDepth: 3 }),
);

type Tree = unknown;

/** A JSON value that was right, after up to four changes at random places. */
export function mutated(template: Tree): fc.Arbitrary<Tree> {
  const change = fc.record({
    place: fc.nat(),
    how: fc.constantFrom('replace', 'delete', 'add', 'repeat') as fc.Arbitrary<
      'replace' | 'delete' | 'add' | 'repeat'
    >,
    name: nasty,
    value: junk,
  });
  return fc.array(change, { maxLength: 4 }).map((changes) => {
    let root: Tree = structuredClone(template);
    for (const { place, how, name, value: given } of changes) {
      // A copy: the same object, put into itself, would never end.
      const value = structuredClone(given);
      const spots = spotsOf(root);
      const spot = spots[place % (spots.length + 1)];
      if (!spot) {
        root = how === 'add' || how === 'repeat' ? root : value;
        continue;
      }
      const { holder, key } = spot;
      if (how === 'replace') put(holder, key, value);
      else if (how === 'delete') Reflect.deleteProperty(holder, key);
      else if (how === 'add') put(holder, Array.isArray(holder) ? String(holder.length) : name, value);
      else if (Array.isArray(holder) && holder.length < 100) holder.push(...structuredClone(holder));
    }
    return root;
  });
}

function spotsOf(value: Tree): { holder: object; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [{ holder: value, key }, ...spotsOf(inner)]);
}

function put(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}
