/**
 * What one GraphQL request carries: who asks, what it may cost in time, and the data sources of this operation alone.
 */
import type { HaloEnvironment } from './config.ts';
import type { RoutedPractice } from './datasources/choose-source.ts';
import type { OperationCall } from './datasources/halo-cloud/session.ts';
import type { ConnectedPractice, HaloSession } from './datasources/halo-session.ts';
import { openPractices, type Practices } from './datasources/practices.ts';
import { type HaloError, haloErrorTable } from './errors.ts';
import type { Log } from './log.ts';

export interface Caller {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Bp Site IDs that the caller may ask for, as far as they are listed. */
  readonly bpSiteIds: readonly string[];
}

export interface ContextOptions {
  readonly openSession: (call: OperationCall) => HaloSession;
  readonly routePractice: (connection: ConnectedPractice) => RoutedPractice;
  readonly caller: Caller;
  readonly environment: HaloEnvironment;
  /** Milliseconds that a whole operation may take. */
  readonly deadlineMs: number;
  /** Lower-case names of incoming headers that Halo Cloud is to see. */
  readonly passHeaders: readonly string[];
  readonly log: Log;
}

export interface GraphContext {
  readonly requestId: string;
  readonly caller: Caller;
  readonly environment: HaloEnvironment;
  readonly session: HaloSession;
  readonly practices: Practices;
  /** Tells the operator, once for each failure however many fields it reached. */
  report(error: HaloError, field: string): void;
}

export function createContext(options: ContextOptions, requestId: string, request: Request): GraphContext {
  const session = options.openSession({
    requestId,
    signal: AbortSignal.any([request.signal, AbortSignal.timeout(options.deadlineMs)]),
    passHeaders: pickHeaders(request.headers, options.passHeaders),
    log: options.log,
  });
  const reported = new WeakSet<HaloError>();
  return {
    requestId,
    caller: options.caller,
    environment: options.environment,
    session,
    practices: openPractices(session, options.routePractice),
    report(error, field) {
      if (reported.has(error)) return;
      reported.add(error);
      const { code, detail, cause } = error;
      // What callers ask wrongly is theirs to see; what fails is the operator's.
      const level = code === 'NOT_FOUND' || code === 'INVALID_INPUT' ? 'debug' : 'warn';
      options.log[level](
        { requestId, code, field, detail, cause: nameOf(cause) },
        haloErrorTable[code].message,
      );
    },
  };
}

function pickHeaders(headers: Headers, names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null) picked[name] = value;
  }
  return picked;
}

/** The name alone: the message of a network error can carry bytes of an answer, its properties a request's headers. */
const nameOf = (cause: unknown): string | undefined => (cause instanceof Error ? cause.name : undefined);
