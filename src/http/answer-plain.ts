import type { Operation } from '../operation/operation.ts';
import type { Pipeline } from '../operation/pipeline.ts';
import { refuse } from '../operation/refusal.ts';
import { isStream } from '../operation/stream-results.ts';
import { type CrossOrigin, noHeaders } from './cross-origin.ts';
import { type JsonResponse, jsonResponse } from './json-response.ts';
import { plainMediaType } from './plain-request.ts';
import { securityHeaders } from './security-headers.ts';
import { acceptedStream } from './streams/stream-format.ts';
import { type StreamResponse, streamResponse } from './streams/stream-response.ts';

/** The stream ends with the response. */
const notAcceptable = () => {
  const { errors } = refuse(
    'NOT_ACCEPTABLE',
    'A subscription is answered by a stream: accept text/event-stream.',
  );
  return { errors };
};

/** Answers plain requests without Yoga. Returns undefined for all other requests, without reading or running anything. */
export type AnswerPlain = (
  operation: Operation,
  target: string,
  /** Reads the body. Rejects with a Refusal. */
  read: () => Promise<unknown>,
) => Promise<JsonResponse | StreamResponse> | undefined;

export function answerPlain(pipeline: Pipeline, crossOrigin: CrossOrigin): AnswerPlain {
  return (operation, target, read) => {
    const mediaType = plainMediaType(operation.request, target);
    const crossing = mediaType && crossOrigin(operation.request.headers);
    if (!crossing) return undefined;
    return pipeline.run(operation, { read, asBytes: true }).then((result) => {
      // The only object spread here, because spreads are slow.
      const common = { ...securityHeaders, 'content-type': '', 'x-request-id': operation.requestId };
      if (crossing !== noHeaders) Object.assign(common, crossing);
      if (isStream(result)) {
        const accepted = acceptedStream(operation.request.headers.get('accept'));
        if (accepted) return streamResponse(accepted.format, result, common);
      }
      const response = jsonResponse(isStream(result) ? notAcceptable() : result, mediaType, common);
      operation.status = response.status;
      return response;
    });
  };
}
