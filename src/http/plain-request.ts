import type { OperationRequest } from '../operation/operation.ts';
import { acceptedMediaType, type MediaType } from './media-type.ts';

const jsonBody = /^application\/json(; ?charset=utf-8)?$/i;

/**
 * How the response of a plain request is written. Plain is what client libraries send: JSON by POST, for a response in one
 * piece. Undefined for any other request: Yoga reads it.
 * @param target path and query string
 */
export function plainMediaType(request: OperationRequest, target: string): MediaType | undefined {
  return isJsonPost(request, target) ? acceptedMediaType(request.headers.get('accept')) : undefined;
}

/** Whether the parameters are JSON in the body, as it is. */
export function isJsonPost({ method, headers }: OperationRequest, target: string): boolean {
  if (method !== 'POST' || target !== '/graphql') return false;
  return jsonBody.test(headers.get('content-type') ?? '') && headers.get('content-encoding') === null;
}
