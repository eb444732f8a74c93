import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { connectionClosed } from '../operation/connection-closed.ts';
import type { Operation } from '../operation/operation.ts';
import type { Pipeline } from '../operation/pipeline.ts';
import { Refusal, refuse } from '../operation/refusal.ts';
import { bodyType, paramsIn } from './body.ts';
import { securityHeaders } from './security-headers.ts';

/** The context of a request inside Yoga. */
export interface YogaRequest {
  readonly operation: Operation;
  read?: () => Promise<unknown>;
}

const unsupported = (message: string) => async () => {
  throw refuse('BAD_REQUEST', message, { status: 415 });
};
const otherType = unsupported('A POST needs the content type application/json.');
const compressed = unsupported('A compressed body is not read: send it without Content-Encoding.');

/** Yoga's own parsers read them too, but only in small letters. */
const readable = ['application/json', 'application/graphql+json', 'application/graphql'];

const isCompressed = (headers: Headers): boolean =>
  !/^(identity)?$/i.test(headers.get('content-encoding')?.trim() ?? '');

/** Throws a Refusal instead: the body was aborted, or does not match its Content-Encoding. */
function refusalOfReading(error: unknown, { request }: Operation): never {
  if (error instanceof Refusal) throw error;
  if (request.signal.aborted) throw connectionClosed();
  throw refuse('BAD_REQUEST', 'The request cannot be read.');
}

/** Passes each operation to the pipeline. Yoga handles the methods, the media types and the format of a result. */
export function usePipeline(pipeline: Pipeline): Plugin<object, YogaRequest> {
  return {
    onRequestParse({ request, requestParser, setRequestParser, serverContext }) {
      // Yoga refuses other methods.
      if (request.method !== 'GET' && request.method !== 'POST') return;
      const read = () => paramsIn(request).catch((error) => refusalOfReading(error, serverContext.operation));
      const known = requestParser || readable.includes(bodyType(request.headers) ?? '');
      serverContext.read = isCompressed(request.headers) ? compressed : known ? read : otherType;
      // Yoga requires a query here. The pipeline reads the real one after it has admitted the caller.
      setRequestParser(() => ({ query: '' }));
    },
    onParams({ setParamsHandler }) {
      setParamsHandler(({ context: { operation, read = async () => undefined } }) =>
        pipeline.run(operation, { read }),
      );
    },
    onResultProcess({ result, setResult, serverContext: { operation } }) {
      if (Array.isArray(result) || Symbol.asyncIterator in result) return;
      // A request that Yoga itself refuses has not passed the pipeline.
      if (operation.codes === undefined) setResult(pipeline.refuse(operation, result as ExecutionResult));
    },
    onResponse({ response, serverContext: { operation } }) {
      operation.status = response.status;
      response.headers.set('x-request-id', operation.requestId);
      // Yoga's own, which would let a cache keep a stream.
      if (response.headers.get('cache-control') === 'no-cache') response.headers.delete('cache-control');
      for (const [name, value] of Object.entries(securityHeaders)) {
        // GraphiQL's files are public and may be cached.
        if (!response.headers.has(name)) response.headers.set(name, value);
      }
    },
  };
}
