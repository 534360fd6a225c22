import { counted } from './counted.ts';

const UNITS = ['KiB', 'MiB', 'GiB'];

/** Formats a byte count in the largest fitting unit: `201 MiB`, `5.5 MiB`, `12 bytes`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return counted(bytes, 'byte');
  let size = bytes;
  let unit = '';
  for (const next of UNITS) {
    // What rounds to 1,024 is one of the next unit.
    if (rounded(size) < 1024) break;
    size /= 1024;
    unit = next;
  }
  return `${rounded(size)} ${unit}`;
}

const rounded = (size: number) => Number(size.toFixed(2));
