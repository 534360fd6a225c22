/**
 * Core and its transport, loaded with the first message and not with the palette: reading zod and undici
 * would cost every start of Node-RED, also where no flow uses these nodes.
 */
export function loadCore(): Promise<typeof import('./core-entry.ts')> {
  return import('./core-entry.ts');
}

export type Core = Awaited<ReturnType<typeof loadCore>>;
