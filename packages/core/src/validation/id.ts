import { z } from 'zod/v4';

/** An id becomes a segment of a path: nothing in it may lead elsewhere. The platform's are 24 hex digits today. */
const ID = /^\w[\w.-]{0,127}$/;

const rule = 'must be an id: 1 to 128 letters, digits, "_", "-" or "."';

/** An id that a caller gives. */
export const assetParams = z.object({ asset_id: z.string({ error: rule }).regex(ID, { error: rule }) });

export const id = z.string({ error: 'must be an id' }).regex(ID, { error: 'is not an id' });

export type AssetParams = z.infer<typeof assetParams>;
