import type { Operation } from '../../operation/operation.ts';
import type { Pipeline } from '../../operation/pipeline.ts';
import { isStream } from '../../operation/stream-results.ts';
import { paramsInUrl } from '../body.ts';
import type { CrossOrigin } from '../cross-origin.ts';
import { isJsonPost } from '../plain-request.ts';
import { securityHeaders } from '../security-headers.ts';
import { acceptedStream } from './stream-format.ts';
import { only, type StreamResponse, streamResponse } from './stream-response.ts';

/** Answers requests for a stream. Returns undefined for all other requests, without reading or running anything. */
export type AnswerStream = (
  operation: Operation,
  target: string,
  /** Reads the body. Rejects with a Refusal. Undefined: the request has no body that can be read. */
  read: (() => Promise<unknown>) | undefined,
) => Promise<StreamResponse> | undefined;

/**
 * Answers requests whose Accept header names a stream first: JSON by POST, and GET as EventSource sends it. A single result,
 * such as that of a query or a refusal, becomes a stream of one result, because clients ignore other media types.
 */
export function answerStream(pipeline: Pipeline, crossOrigin: CrossOrigin): AnswerStream {
  return (operation, target, readBody) => {
    const { request } = operation;
    const accepted = acceptedStream(request.headers.get('accept'));
    if (!accepted?.first) return undefined;
    const read = isJsonPost(request, target) ? readBody : readUrl(request.method, target);
    const crossing = read && crossOrigin(request.headers);
    if (!crossing) return undefined;
    const common = { ...securityHeaders, ...crossing, 'x-request-id': operation.requestId };
    return pipeline
      .run(operation, { read })
      .then((result) => streamResponse(accepted.format, isStream(result) ? result : only(result), common));
  };
}

function readUrl(method: string, target: string): (() => Promise<unknown>) | undefined {
  if (method !== 'GET' || !/^\/graphql\?/.test(target)) return undefined;
  return async () => paramsInUrl(target);
}
