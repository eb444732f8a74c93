import type { IncomingHttpHeaders } from 'node:http';
import type { StopSignal } from '../../../lib/stop.ts';
import type { Log } from '../../../log.ts';
import type { CallKind } from './call-kind.ts';
import type { CostAccount } from './cost-account.ts';
import type { Envelope } from './envelope.ts';
import type { Explain } from './explain.ts';

export interface CallBody {
  readonly contentType: string;
  /** The body. Where `bytes` hold it, `start` and `text` only identify it: calls with an equal body can be shared. */
  readonly text: string;
  readonly start?: string;
  readonly bytes?: Buffer;
}

/** One call to Halo Cloud, before it is sent. */
interface UpstreamCall<T> {
  readonly kind: CallKind;
  /** The path without ids, for the log: `/integrator/sites/{siteId}/queries/immediate`. */
  readonly route: string;
  /** From `/integrator` on, including the query string. */
  readonly path: string;
  /** The addressed site; null when the call names the site by its PMS ID. */
  readonly haloGuid: string | null;
  /** What is requested, without any value, for `extensions.halo.explain`. */
  readonly statement?: (() => string) | undefined;
  readonly body?: CallBody;
  /**
   * Parses the body of a successful response while it arrives, instead of reading it whole first. Returns the parsed JSON.
   * Throws `MalformedResponse` or a HaloError.
   */
  parse?(body: AsyncIterable<Uint8Array>): Promise<unknown>;
  /** Parses a whole body instead of JSON.parse. The result is equivalent. */
  decode?(body: Buffer): unknown;
  /** Converts the parsed body of a successful response to the result. A 204 has no body. Throws `MalformedResponse`. */
  read(body: unknown, headers?: IncomingHttpHeaders): T;
  /** The error for an error response that has a special meaning for this call; undefined: the general meaning applies. */
  refused?(status: number, envelope: Envelope | undefined): Error | undefined;
}

/** A call that changes nothing. It may be shared and retried. */
export interface UpstreamRead<T> extends UpstreamCall<T> {
  readonly method: 'GET' | 'POST';
  /** Names how the response is converted, if that differs from other calls of the same path. Only equal forms are shared. */
  readonly form?: string;
  /** Always sends a call of its own. */
  readonly unshared?: boolean;
}

/** A call that changes something. The types of reads and writes are not assignable to each other. */
export interface UpstreamWrite<T> extends UpstreamCall<T> {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  /** The ETag of the version that the write replaces. */
  readonly ifMatch?: string;
  /** The stored procedure that the SQL text calls, without the schema. Some errors prove that it was not called. */
  readonly procedure?: string | undefined;
  /**
   * The body for a call that Halo Cloud may hold in its queue for at most this many milliseconds. Undefined: Halo Cloud does not
   * queue such calls, or the caller wants it to.
   */
  bodyWithin?(maxQueueMs: number): CallBody;
}

/** The retries of one operation, over all of its calls. */
export interface RetryBudget {
  /** Takes one retry; false when none is left. */
  take(): boolean;
  /** Milliseconds until the operation's deadline. */
  remainingMs(): number;
}

/** The time that one operation has for its writes. */
export interface WriteTime {
  /**
   * Aborts a write instead of the operation's signal: earlier, so that there is time to read whether the write was made, and not
   * when the caller disconnects.
   */
  signal(): StopSignal;
  /** Aborted when less than `minMs` is left: a write that still waits to be sent is given up. */
  sendBy(): StopSignal;
  /** Milliseconds until `signal` is aborted. */
  remainingMs(): number;
  /** A write is not sent when less than this is left. */
  readonly minMs: number;
}

/** What all calls of one GraphQL operation share. */
export interface CallContext {
  /** Aborted by the deadline (reason named `TimeoutError`) or when the caller disconnects (any other reason). */
  readonly signal: StopSignal;
  /** @default writes have the time of `signal` */
  readonly writeTime?: WriteTime | undefined;
  readonly requestId: string;
  /**
   * Sent to the sandbox, which then simulates faults. Results of such an operation are not shared with other operations,
   * and not remembered. @default none
   */
  readonly simulatedFault?: string | undefined;
  readonly cost: CostAccount;
  /** @default the operation is not explained */
  readonly explain?: Explain | undefined;
  /** @default no retries */
  readonly retries?: RetryBudget | undefined;
  readonly log: Log;
}
