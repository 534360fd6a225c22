/**
 * Reads the format in which n8n stores an execution (that of the package `flatted`): an array in which
 * every string inside an object or an array is the index of the real value.
 */
export function unflatten(text: string): unknown {
  const table: unknown[] = JSON.parse(text);
  const done = new Map<number, unknown>();
  const resolve = (index: number): unknown => {
    if (done.has(index)) return done.get(index);
    const value = table[index];
    if (value === null || typeof value !== 'object') {
      done.set(index, value);
      return value;
    }
    const target: unknown[] | Record<string, unknown> = Array.isArray(value) ? [] : {};
    done.set(index, target);
    for (const [key, entry] of Object.entries(value)) {
      Reflect.set(target, key, typeof entry === 'string' ? resolve(Number(entry)) : entry);
    }
    return target;
  };
  return resolve(0);
}
