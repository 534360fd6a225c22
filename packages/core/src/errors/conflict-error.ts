import { ApiError } from './api-error.ts';

/** The platform refused because of the resource's present state (409), such as deleting an asset that an index still references. */
export class ConflictError extends ApiError {
  override readonly name = 'ConflictError';
  override readonly code = 'conflict';
}
