/**
 * What one GraphQL request carries: who asks, what it may cost in time, and the data sources of this operation alone.
 */
import type { HaloEnvironment } from './config.ts';
import type { RoutedPractice } from './datasources/choose-source.ts';
import type { OperationCall } from './datasources/halo-cloud/session.ts';
import type { ConnectedPractice, HaloSession } from './datasources/halo-session.ts';
import { openPractices, type Practices } from './datasources/practices.ts';
import { AccessDenied, type HaloError, haloErrorTable } from './errors.ts';
import type { Log } from './log.ts';
import { type AnswerBudget, createAnswerBudget } from './resolvers/answer-budget.ts';
import { mostValues } from './resolvers/limits.ts';

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
  readonly budget: AnswerBudget;
  /** Tells the operator, once for each failure however many fields it reached. */
  report(error: HaloError, field: string): void;
}

export function createContext(options: ContextOptions, requestId: string, request: Request): GraphContext {
  const session = options.openSession({
    requestId,
    signal: signalOf(request, options.deadlineMs),
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
    budget: createAnswerBudget(mostValues),
    report(error, field) {
      if (reported.has(error)) return;
      reported.add(error);
      const { code, detail, cause, asked } = error;
      // What callers ask wrongly, or no longer wait for, is theirs; what fails is the operator's.
      const theirs = code === 'NOT_FOUND' || code === 'INVALID_INPUT' || request.signal.aborted;
      const reason = error instanceof AccessDenied ? error.reason : undefined;
      options.log[theirs ? 'debug' : 'warn'](
        { requestId, code, field, ...asked, reason, detail, cause: nameOf(cause) },
        haloErrorTable[code].operator,
      );
    },
  };
}

/**
 * Aborted when the caller goes, or by the deadline. Not by AbortSignal.any: Node 20 collects an AbortSignal.timeout below
 * it as garbage, and then a Halo Cloud that never answers is waited for without end.
 */
function signalOf(request: Request, deadlineMs: number): AbortSignal {
  const controller = new AbortController();
  const late = new DOMException('The deadline has passed.', 'TimeoutError');
  const timer = setTimeout(() => controller.abort(late), deadlineMs).unref();
  const leave = () => {
    clearTimeout(timer);
    controller.abort(request.signal.reason);
  };
  if (request.signal.aborted) leave();
  else request.signal.addEventListener('abort', leave, { once: true });
  return controller.signal;
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
