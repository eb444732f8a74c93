import type { IncomingHttpHeaders } from 'node:http';
import type { StopSignal } from '../../../lib/stop.ts';
import type { Log } from '../../../log.ts';
import type { CostAccount } from './cost-account.ts';
import type { Envelope } from './envelope.ts';
import type { RetryBudget } from './retries.ts';

/**
 * What is being asked of Halo Cloud. `sites` and `site` are look-ups that Halo Cloud answers by itself, `pairing` is
 * between it and the practice management software; `status` and `result` are what Halo Cloud keeps of a site's queries:
 * how they are, and what came of them. The other three go to one practice's site.
 */
export type CallKind = 'sites' | 'site' | 'pairing' | 'sql' | 'status' | 'result' | 'fhir' | 'metadata';

/** One call of Halo Cloud, before it is sent. */
interface UpstreamCall<T> {
  readonly kind: CallKind;
  /** The path with its ids left out, for the log: `/integrator/sites/{siteId}/queries/immediate`. */
  readonly route: string;
  /** From `/integrator` on, with a query string where there is one. */
  readonly path: string;
  /** The site addressed; null where it is named by its PMS ID. */
  readonly haloGuid: string | null;
  readonly body?: {
    readonly contentType: string;
    readonly text: string;
    /** The same in UTF-8, where several calls share it. */
    readonly bytes?: Buffer;
  };
  /**
   * Takes the body of a successful answer as it arrives, in place of reading it whole, and gives the parsed JSON. Throws
   * `MalformedResponse`, or a HaloError.
   */
  parse?(body: AsyncIterable<Uint8Array>): Promise<unknown>;
  /** Parses a body that was read whole, in place of JSON.parse: gives what that would, or the same to whoever reads it. */
  decode?(body: Buffer): unknown;
  /** Turns the parsed body of a successful answer into what was asked for; a 204 has none. Throws `MalformedResponse`. */
  read(body: unknown, headers?: IncomingHttpHeaders): T;
  /** What an answer that is an error means for this call alone; undefined: what it means for any. */
  refused?(status: number, envelope: Envelope | undefined): Error | undefined;
}

/** A call that changes nothing: it may be shared, and asked again. */
export interface UpstreamRead<T> extends UpstreamCall<T> {
  readonly method: 'GET' | 'POST';
  /** What it gives of an answer, where that is not what others give of the same: it is shared with its like alone. */
  readonly form?: string;
  /** The answer to somebody else's call will not do. */
  readonly unshared?: boolean;
}

/** A call that changes something. No write is an UpstreamRead, nor the other way round: the compiler keeps them apart. */
export interface UpstreamWrite<T> extends UpstreamCall<T> {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  /** The version that it is to replace, as an ETag. */
  readonly ifMatch?: string;
  /** The stored procedure that its SQL text calls, without the schema: some errors prove that it was not called. */
  readonly procedure?: string | undefined;
}

/** What one GraphQL operation lends to each of its calls. */
export interface CallContext {
  /** Aborted by the deadline (reason named `TimeoutError`) or because the caller has gone (any other reason). */
  readonly signal: StopSignal;
  /** What cuts a write short instead, leaving time to read what became of it. @default `signal` */
  readonly writeSignal?: (() => StopSignal) | undefined;
  readonly requestId: string;
  /** Sent along as they are; they never replace a header of ours. */
  readonly passHeaders: Readonly<Record<string, string>>;
  readonly cost: CostAccount;
  /** What the operation may ask again. @default nothing */
  readonly retries?: RetryBudget | undefined;
  readonly log: Log;
}

/** A look-up is Halo Cloud's own answer: no practice's data is asked for. */
export function isLookUp(kind: CallKind): boolean {
  return kind === 'sites' || kind === 'site' || kind === 'pairing';
}

/** The same headers give the same text, whatever their order; empty without any. */
export function headersKey(headers: Readonly<Record<string, string>>): string {
  const entries = Object.entries(headers);
  if (entries.length === 0) return '';
  return entries
    .map(([name, value]) => `${name.toLowerCase()}:${value}`)
    .sort()
    .join('\n');
}
