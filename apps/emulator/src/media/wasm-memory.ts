/** The part of WebAssembly that is used here; Node.js has it, its types do not. */
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const pageSize = 64 * 1024;

/** Keeps WebAssembly modules of this thread from taking more than `bytes` of memory; some may grow to 2 GiB. */
export function limitWasmMemory(bytes: number): void {
  const { prototype } = (globalThis as unknown as { WebAssembly: { Memory: { prototype: Memory } } })
    .WebAssembly.Memory;
  const { grow } = prototype;
  prototype.grow = function growWithin(this: Memory, pages: number): number {
    if (this.buffer.byteLength + pages * pageSize > bytes) throw new RangeError('WebAssembly memory limit');
    return grow.call(this, pages);
  };
}
