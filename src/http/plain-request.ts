import type { StopSignal } from '../lib/stop.ts';
import { priceOnly } from '../operation/check-price.ts';
import type { RequestHeaders } from './request-headers.ts';

/** A request as far as the fast path looks at it. */
export interface PlainRequest {
  readonly method: string;
  /** Path and query string. */
  readonly target: string;
  readonly headers: RequestHeaders;
  /** Aborted when the caller has gone. */
  readonly signal: StopSignal;
  /** The whole body; rejects when it breaks off. */
  text(): Promise<string>;
}

export type MediaType = 'application/json' | 'application/graphql-response+json';

const jsonBody = /^application\/json(; ?charset=utf-8)?$/i;

/**
 * How the answer is to be written; undefined where the request is not what client libraries send: JSON by POST, for an answer
 * in one piece.
 */
export function plainMediaType({ method, target, headers }: PlainRequest): MediaType | undefined {
  if (method !== 'POST' || target !== '/graphql') return undefined;
  if (!jsonBody.test(headers.get('content-type') ?? '')) return undefined;
  if (headers.get('content-encoding') !== null || headers.get(priceOnly) !== null) return undefined;
  return acceptedOf(headers.get('accept'));
}

/** The first that the header names and that an answer can be written in, as Yoga reads the header. */
function acceptedOf(accept: string | null): MediaType | undefined {
  if (accept === null || accept === '*/*') return 'application/json';
  for (const asked of accept.replace(/\s/g, '').toLowerCase().split(',')) {
    const [type, ...parameters] = asked.split(';');
    const charset = parameters.find((parameter) => parameter.includes('charset='));
    if (charset !== undefined && charset !== 'charset=utf-8') continue;
    if (type === 'application/graphql-response+json') return type;
    if (type === 'application/json' || type === 'application/*' || type === '*/*') return 'application/json';
  }
  return undefined;
}
