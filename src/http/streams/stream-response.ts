import type { ExecutionResult } from 'graphql';
import { resultText } from '../../operation/result-text.ts';
import { publicResult } from '../json-response.ts';
import type { StreamFormat } from './stream-format.ts';

/** A response that is written as results come. */
export interface StreamResponse {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly format: StreamFormat;
  readonly results: AsyncIterable<ExecutionResult>;
}

/** Nothing between the server and the client may collect, change or keep what is written. nginx reads X-Accel-Buffering. */
export const streamHeaders = {
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const;

export function streamResponse(
  format: StreamFormat,
  results: AsyncIterable<ExecutionResult>,
  headers: Readonly<Record<string, string>>,
): StreamResponse {
  return {
    status: 200,
    headers: { ...headers, ...streamHeaders, 'content-type': format.contentType },
    format,
    results,
  };
}

/** When to connect again, in ms: spread, so that the clients of a replica that ends do not all come at once. */
export const retryMs = (): number => 1_000 + Math.floor(Math.random() * 4_000);

/** The text of a result in its format. */
export function resultIn(format: StreamFormat, result: ExecutionResult): string {
  return format.result(resultText(publicResult(result)), result.data === undefined);
}

/** A result in one piece as a stream of one. */
export async function* only(result: ExecutionResult): AsyncGenerator<ExecutionResult> {
  yield result;
}
