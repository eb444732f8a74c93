import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { connectionClosed } from '../operation/connection-closed.ts';
import type { Operation } from '../operation/operation.ts';
import type { Pipeline } from '../operation/pipeline.ts';
import { Refusal, refuse } from '../operation/refusal.ts';
import { paramsIn } from './body.ts';
import { securityHeaders } from './security-headers.ts';

/** What goes along with a request through Yoga. */
export interface YogaRequest {
  readonly operation: Operation;
  /** Reads the parameters. */
  read?: () => Promise<unknown>;
}

const unsupported = (message: string) => async () => {
  throw refuse('BAD_REQUEST', message, { status: 415 });
};
const otherType = unsupported('A POST needs the content type application/json.');
const compressed = unsupported('A compressed body is not read: send it without Content-Encoding.');

const isCompressed = (headers: Headers): boolean =>
  !/^(identity)?$/i.test(headers.get('content-encoding')?.trim() ?? '');

/** Throws a Refusal in its place: the body broke off, or is not encoded as it says. */
function refusalOfReading(error: unknown, { request }: Operation): never {
  if (error instanceof Refusal) throw error;
  if (request.signal.aborted) throw connectionClosed();
  throw refuse('BAD_REQUEST', 'The request cannot be read.');
}

/** Hands each operation over to the pipeline. Yoga keeps the methods, the media types and how a result is written. */
export function usePipeline(pipeline: Pipeline): Plugin<object, YogaRequest> {
  return {
    onRequestParse({ request, requestParser, setRequestParser, serverContext }) {
      // Yoga refuses other methods.
      if (request.method !== 'GET' && request.method !== 'POST') return;
      const read = () => paramsIn(request).catch((error) => refusalOfReading(error, serverContext.operation));
      serverContext.read = isCompressed(request.headers) ? compressed : requestParser ? read : otherType;
      // Yoga looks for a query. The pipeline reads it, once the caller has been admitted.
      setRequestParser(() => ({ query: '' }));
    },
    onParams({ setParamsHandler }) {
      setParamsHandler(({ context: { operation, read = async () => undefined } }) =>
        pipeline.run(operation, { read }),
      );
    },
    onResultProcess({ result, setResult, serverContext: { operation } }) {
      if (Array.isArray(result) || Symbol.asyncIterator in result) return;
      // What Yoga itself refuses did not come by the pipeline.
      if (operation.codes === undefined) setResult(pipeline.refuse(operation, result as ExecutionResult));
    },
    onResponse({ response, serverContext: { operation } }) {
      operation.status = response.status;
      response.headers.set('x-request-id', operation.requestId);
      // Yoga's own, which would let a cache keep a stream.
      if (response.headers.get('cache-control') === 'no-cache') response.headers.delete('cache-control');
      for (const [name, value] of Object.entries(securityHeaders)) {
        // GraphiQL's files are public, and are cached.
        if (!response.headers.has(name)) response.headers.set(name, value);
      }
    },
  };
}
