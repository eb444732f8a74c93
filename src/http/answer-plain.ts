import { GraphQLError } from 'graphql';
import type { Operation } from '../operation/operation.ts';
import type { Pipeline } from '../operation/pipeline.ts';
import { isStream } from '../operation/stream-results.ts';
import type { CrossOrigin } from './cross-origin.ts';
import { type JsonResponse, jsonResponse } from './json-response.ts';
import { plainMediaType } from './plain-request.ts';
import { securityHeaders } from './security-headers.ts';

/** The stream ends with the response. */
const notAcceptable = () => ({
  errors: [
    new GraphQLError('A subscription is answered by a stream: accept text/event-stream.', {
      extensions: { code: 'NOT_ACCEPTABLE', http: { status: 406 } },
    }),
  ],
});

/** Answers plain requests without Yoga; undefined for all others, of which nothing was read or run. */
export type AnswerPlain = (
  operation: Operation,
  target: string,
  /** Reads the body. Rejects with a Refusal. */
  read: () => Promise<unknown>,
) => Promise<JsonResponse> | undefined;

export function answerPlain(pipeline: Pipeline, crossOrigin: CrossOrigin): AnswerPlain {
  return (operation, target, read) => {
    const mediaType = plainMediaType(operation.request, target);
    const crossing = mediaType && crossOrigin(operation.request.headers);
    if (!crossing) return undefined;
    return pipeline.run(operation, { read, asBytes: true }).then((result) => {
      const { status, headers, body } = jsonResponse(isStream(result) ? notAcceptable() : result, mediaType);
      operation.status = status;
      const { requestId } = operation;
      return {
        status,
        headers: { ...headers, 'x-request-id': requestId, ...securityHeaders, ...crossing },
        body,
      };
    });
  };
}
