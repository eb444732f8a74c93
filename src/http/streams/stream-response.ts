import type { ExecutionResult } from 'graphql';
import { resultText } from '../../operation/result-text.ts';
import { publicResult } from '../json-response.ts';
import type { StreamFormat } from './stream-format.ts';

/** A response that is written result by result. */
export interface StreamResponse {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly format: StreamFormat;
  readonly results: AsyncIterable<ExecutionResult>;
}

/** Proxies must not buffer, change or store the stream. nginx reads X-Accel-Buffering. */
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

/** Delay before a client reconnects, in ms. It is random, so that the clients of a stopped replica do not reconnect at once. */
export const retryMs = (): number => 1_000 + Math.floor(Math.random() * 4_000);

/** The text of a result in its format. */
export function resultIn(format: StreamFormat, result: ExecutionResult): string {
  return format.result(resultText(publicResult(result)), result.data === undefined);
}

/** Writes a single result as a stream of one result. */
export async function* only(result: ExecutionResult): AsyncGenerator<ExecutionResult> {
  yield result;
}
