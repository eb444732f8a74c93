import type { OperationRequest } from '../operation/operation.ts';
import { acceptedMediaType, type MediaType } from './media-type.ts';

const jsonBody = /^application\/json(; ?charset=utf-8)?$/i;

/**
 * The media type of the response to a plain request. Client libraries send plain requests: JSON by POST, for a single
 * result. Undefined: the request is not plain, and Yoga reads it.
 * @param target path and query string
 */
export function plainMediaType(request: OperationRequest, target: string): MediaType | undefined {
  return isJsonPost(request, target) ? acceptedMediaType(request.headers.get('accept')) : undefined;
}

/** Whether the body is JSON without a content encoding. */
export function isJsonPost({ method, headers }: OperationRequest, target: string): boolean {
  if (method !== 'POST' || target !== '/graphql') return false;
  return jsonBody.test(headers.get('content-type') ?? '') && headers.get('content-encoding') === null;
}
