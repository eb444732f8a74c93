import type { OperationRequest } from '../operation/operation.ts';
import { acceptedMediaType, type MediaType } from './media-type.ts';

const jsonBody = /^application\/json(; ?charset=utf-8)?$/i;

/**
 * How the response of a plain request is written. Plain is what client libraries send: JSON by POST, for a response in one
 * piece. Undefined for any other request: Yoga reads it.
 * @param target path and query string
 */
export function plainMediaType({ method, headers }: OperationRequest, target: string): MediaType | undefined {
  if (method !== 'POST' || target !== '/graphql') return undefined;
  if (!jsonBody.test(headers.get('content-type') ?? '')) return undefined;
  if (headers.get('content-encoding') !== null) return undefined;
  return acceptedMediaType(headers.get('accept'));
}
