import { ApiError } from './api-error.ts';

/** The key was refused (401), or may not do this (403). */
export class AuthenticationError extends ApiError {
  override readonly name = 'AuthenticationError';
  override readonly code = 'authentication';
}
