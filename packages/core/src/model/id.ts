import { z } from 'zod/v4';

/** An id becomes a segment of a path: nothing in it may lead elsewhere. The platform's are 24 hex digits today. */
export const ID = /^\w[\w.-]{0,127}$/;

export const id = z.string({ error: 'must be an id' }).regex(ID, { error: 'is not an id' });
