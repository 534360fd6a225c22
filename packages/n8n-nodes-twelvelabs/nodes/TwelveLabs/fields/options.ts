import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../operation';

/** What people added under Options, as it is: missing when not added, and core checks the rest. */
export function readOptions({ context, itemIndex }: Call, name = 'options'): IDataObject {
  return (context.getNodeParameter(name, itemIndex, {}) ?? {}) as IDataObject;
}

/** Milliseconds, or the value as it is when it is no number: core names what is wrong with it. */
export function milliseconds(value: unknown, unit: 'seconds' | 'minutes'): number | undefined {
  return typeof value === 'number' ? value * (unit === 'seconds' ? 1_000 : 60_000) : (value as undefined);
}

/** The fields that hold something, so that an option that was not added is no option of the call. */
export function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
