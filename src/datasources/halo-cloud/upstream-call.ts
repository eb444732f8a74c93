import type { Log } from '../../log.ts';
import type { CostAccount } from './cost-account.ts';

/**
 * What is being asked of Halo Cloud. `sites` and `site` are look-ups that Halo Cloud answers by itself; the other three
 * go to one practice's site.
 */
export type CallKind = 'sites' | 'site' | 'sql' | 'fhir' | 'metadata';

/** One read of Halo Cloud, before it is sent. */
export interface UpstreamRead<T> {
  readonly kind: CallKind;
  readonly method: 'GET' | 'POST';
  /** The path with its ids left out, for the log: `/integrator/sites/{siteId}/queries/immediate`. */
  readonly route: string;
  /** From `/integrator` on, with a query string where there is one. */
  readonly path: string;
  /** The site addressed; null for `GET /integrator/sites`. */
  readonly haloGuid: string | null;
  readonly body?: { readonly contentType: string; readonly text: string };
  /** Turns the parsed body of a successful answer into what was asked for. Throws `Unusable`. */
  read(body: unknown): T;
}

/** What one GraphQL operation lends to each of its calls. */
export interface CallContext {
  /** Aborted by the deadline (reason named `TimeoutError`) or because the caller has gone (any other reason). */
  readonly signal: AbortSignal;
  readonly requestId: string;
  /** Sent along as they are; they never replace a header of ours. */
  readonly passHeaders: Readonly<Record<string, string>>;
  readonly cost: CostAccount;
  readonly log: Log;
}

/** A look-up is Halo Cloud's own answer: no practice is asked. */
export function isLookUp(kind: CallKind): boolean {
  return kind === 'sites' || kind === 'site';
}

/** The same headers give the same text, whatever their order; empty without any. */
export function headersKey(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name.toLowerCase()}:${value}`)
    .sort()
    .join('\n');
}
