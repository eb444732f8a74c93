/** The context of one GraphQL operation: its caller, its deadline and its data sources. */
import type { Caller } from './auth/caller.ts';
import { guardSession } from './auth/guard-session.ts';
import type { HaloEnvironment } from './config.ts';
import type { ConnectedPractice, CostReport, HaloSession } from './datasources/halo-cloud/halo-session.ts';
import type { OperationCall } from './datasources/halo-cloud/session.ts';
import { addCosts } from './datasources/halo-cloud/transport/add-costs.ts';
import { faultHeader } from './datasources/halo-cloud/transport/call-headers.ts';
import type { Explain } from './datasources/halo-cloud/transport/explain.ts';
import type { WriteTime } from './datasources/halo-cloud/transport/upstream-call.ts';
import { type AuditedPractice, auditedPractice } from './datasources/practice/audit/audited-practice.ts';
import type { AuditTrail } from './datasources/practice/audit/patient-audit.ts';
import { createPatientAudit, type PatientAudit } from './datasources/practice/audit/patient-audit.ts';
import type { RoutedPractice } from './datasources/practice/choose-source.ts';
import { openPractices, type Practices } from './datasources/practice/practices.ts';
import { type HaloErrorCode, haloErrorTable } from './error-codes.ts';
import { AccessDenied, type HaloError } from './errors.ts';
import type { RequestHeaders } from './lib/request-headers.ts';
import { shortText } from './lib/short-text.ts';
import { Stop, type StopSignal } from './lib/stop.ts';
import { type AnswerBudget, createAnswerBudget, maxValues } from './limits/answer-budget.ts';
import { announceWrite } from './live/announce-write.ts';
import type { LiveBooks } from './live/live-books.ts';
import type { Log } from './log.ts';
import type { IdempotencyStore } from './store/idempotency.ts';
import { watchedSession } from './telemetry/watched-session.ts';

/** Time that is reserved to read, after a write has timed out, whether it was made. With a short deadline, a third of it. */
const reserveMs = 5_000;
/** A write is not sent when it would have less time than this for its response. With a short deadline, a sixth of it. */
const minWriteMs = 5_000;

export interface ContextOptions {
  readonly openSession: (call: OperationCall) => HaloSession;
  readonly routePractice: (connection: ConnectedPractice) => RoutedPractice;
  /** Bp Site IDs that the operator has recorded. */
  readonly registered: readonly string[];
  readonly environment: HaloEnvironment;
  /** Milliseconds that a whole operation may take. */
  readonly deadlineMs: number;
  /** Whether the request header `x-sandbox-fault` makes the sandbox simulate faults. @default false */
  readonly simulateFaults?: boolean;
  /** Stores idempotency keys. All replicas must share it. */
  readonly idempotency: IdempotencyStore;
  /** The appointment books with subscribers. */
  readonly live: LiveBooks;
  readonly log: Log;
  /** Records who read and changed what. @default the log */
  readonly auditTrail?: AuditTrail;
  /** Called once for each error in a response. */
  readonly onError?: (code: HaloErrorCode) => void;
}

export interface GraphContext {
  readonly requestId: string;
  readonly caller: Caller;
  readonly environment: HaloEnvironment;
  /** Bp Site IDs of the caller's practices, as far as they are listed anywhere. */
  readonly listed: readonly string[];
  /** Halo Cloud, limited to the practices of this caller. */
  readonly session: HaloSession;
  readonly practices: Practices;
  /** Records the upstream calls. Undefined: the caller did not request them. */
  readonly explain: Explain | undefined;
  /** PMS IDs of the practices that the operation has reached so far. */
  readonly reached: ReadonlySet<string>;
  /** Every patient read and every change of this operation goes through it. */
  readonly audit: PatientAudit;
  readonly idempotency: IdempotencyStore;
  readonly live: LiveBooks;
  /** The faults that the sandbox simulates for this request. */
  readonly simulatedFault: string | undefined;
  /** Aborted at the deadline, or when the caller disconnects. */
  readonly signal: StopSignal;
  /**
   * The practices in a session with a few extra seconds. After the deadline, or after the caller has disconnected, it reads
   * whether a write was made.
   */
  graceSession(): Practices;
  /**
   * The same request with a new deadline, for work that continues after the operation. The caller of this method closes it.
   */
  again(): GraphContext;
  /** Ends every timer and listener of the operation. */
  close(): void;
  /** Adds the cost of upstream calls that were made for this operation in another context. */
  addWork(cost: CostReport): void;
  /** The upstream cost of the operation so far, including grace sessions. */
  cost(): CostReport;
  readonly budget: AnswerBudget;
  /** Logs a failure once, however many fields it reached. */
  report(error: HaloError, field: string): void;
}

/** Bp Site IDs of the caller's practices, as far as they are listed anywhere. */
export function listedFor({ registered }: Pick<ContextOptions, 'registered'>, { practices }: Caller) {
  return practices === 'all' ? registered : practices;
}

/** The lines of one operation in the audit trail. */
export function auditOf(
  { log, auditTrail = log }: Pick<ContextOptions, 'log' | 'auditTrail'>,
  { requestId, caller }: Pick<ContextOwner, 'requestId' | 'caller'>,
): PatientAudit {
  return createPatientAudit(auditTrail, { requestId, caller: caller.name, subject: caller.subject });
}

/** The parts of the HTTP request that a context uses. */
export interface IncomingRequest {
  readonly headers: RequestHeaders;
  /** Aborted when the caller disconnects. */
  readonly signal: StopSignal;
}

interface ContextOwner {
  readonly requestId: string;
  readonly caller: Caller;
  readonly explain?: Explain | undefined;
  /** @default lines of the caller in the audit trail */
  readonly audit?: PatientAudit;
}

export function createContext(
  options: ContextOptions,
  { requestId, caller, explain, audit = auditOf(options, { requestId, caller }) }: ContextOwner,
  request: IncomingRequest,
): GraphContext {
  const { deadlineMs, log, live } = options;
  const reached = new Set<string>();
  /** Each ends a timer or a listener. */
  const held: (() => void)[] = [];
  if (explain) held.push(() => explain.close());
  // A caller who has disconnected gets no response, but its reads must be recorded.
  const recordReads = () =>
    void audit.close()?.catch((err: unknown) => {
      log.error({ requestId, err }, 'The audit trail cannot be written: patient data');
    });
  request.signal.addEventListener('abort', recordReads);
  held.push(() => request.signal.removeEventListener('abort', recordReads));
  const openSession = (lent: OperationCall): HaloSession =>
    guardSession(
      (isApart) =>
        watchedSession(options.openSession(isApart ? { ...lent, explain: undefined } : lent), reached, audit),
      caller,
    );
  const routePractice = (connection: ConnectedPractice): AuditedPractice =>
    auditedPractice(options.routePractice(connection), connection, audit, (write, change, answer) =>
      announceWrite(live, connection, { write, change, answer }),
    );
  const signal = deadline(held, deadlineMs, request.signal);
  const simulatedFault = simulatedFaultOf(options, request);
  const call = { requestId, simulatedFault, log, explain };
  const session = openSession({
    ...call,
    signal,
    remainingMs: countdown(deadlineMs),
    writeTime: writeTimeOf(held, deadlineMs),
  });
  const graceSessions: HaloSession[] = [];
  const added: CostReport[] = [];
  const reported = new Set<HaloError>();
  return {
    requestId,
    caller,
    listed: listedFor(options, caller),
    environment: options.environment,
    session,
    practices: openPractices(session, routePractice),
    explain,
    reached,
    audit,
    idempotency: options.idempotency,
    live,
    simulatedFault,
    signal,
    graceSession() {
      const grace = openSession({
        ...call,
        signal: deadline(held, reserveMs),
        remainingMs: countdown(reserveMs),
      });
      grace.beginChange();
      graceSessions.push(grace);
      return openPractices(grace, routePractice);
    },
    again: () => createContext(options, { requestId, caller, audit }, request),
    close() {
      for (const end of held.splice(0)) end();
    },
    addWork: (cost) => void added.push(cost),
    cost: () => addCosts([...[session, ...graceSessions].map((part) => part.cost()), ...added]),
    budget: createAnswerBudget(maxValues),
    report(error, field) {
      if (reported.has(error)) return;
      reported.add(error);
      const { code, detail, cause, addressedSite } = error;
      options.onError?.(code);
      // Wrong input and cancelled requests concern the caller; failures concern the operator.
      const theirs = code === 'NOT_FOUND' || code === 'INVALID_INPUT' || request.signal.aborted;
      const reason = error instanceof AccessDenied ? error.reason : undefined;
      log[theirs ? 'debug' : 'warn'](
        {
          requestId,
          caller: caller.name,
          code,
          field: shortText(field),
          ...shortTexts(addressedSite ?? {}),
          reason,
          detail,
          cause: nameOf(cause),
        },
        haloErrorTable[code].operator,
      );
    },
  };
}

/**
 * Aborted with a TimeoutError after this many milliseconds, or when the caller disconnects. AbortSignal.any is not used:
 * Node 20 garbage-collects an AbortSignal.timeout that only AbortSignal.any references, so the deadline never fires.
 * @param held receives the function that ends the timer
 */
function deadline(held: (() => void)[], afterMs: number, caller?: StopSignal): StopSignal {
  const signal = new Stop();
  const pass = () => signal.abort(new DOMException('The deadline has passed.', 'TimeoutError'));
  const timer = setTimeout(pass, afterMs).unref();
  const leave = () => {
    clearTimeout(timer);
    signal.abort(caller?.reason);
  };
  held.push(() => {
    clearTimeout(timer);
    caller?.removeEventListener('abort', leave);
  });
  if (caller?.aborted) leave();
  else caller?.addEventListener('abort', leave);
  return signal;
}

/** The faults that the sandbox simulates for this request. Undefined: none, or faults are not simulated. */
export function simulatedFaultOf(
  { simulateFaults }: ContextOptions,
  { headers }: Pick<IncomingRequest, 'headers'>,
): string | undefined {
  return simulateFaults ? (headers.get(faultHeader) ?? undefined) : undefined;
}

function writeTimeOf(held: (() => void)[], deadlineMs: number): WriteTime {
  const remainingMs = countdown(deadlineMs - Math.min(reserveMs, Math.ceil(deadlineMs / 3)));
  const minMs = Math.min(minWriteMs, Math.floor(deadlineMs / 6));
  let signal: StopSignal | undefined;
  let sendBy: StopSignal | undefined;
  return {
    signal: () => (signal ??= deadline(held, remainingMs())),
    sendBy: () => (sendBy ??= deadline(held, remainingMs() - minMs)),
    remainingMs,
    minMs,
  };
}

/** Returns a function that gives the milliseconds left of a time that starts now. */
function countdown(fromMs: number): () => number {
  const endsAt = performance.now() + fromMs;
  return () => endsAt - performance.now();
}

/** The addressed site of a failed call, shortened for the log line. */
const shortTexts = (site: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(site).map(([name, value]) => [name, typeof value === 'string' ? shortText(value) : value]),
  );

/** Only the name: the message of a network error can hold bytes of a response, and its properties a request's headers. */
const nameOf = (cause: unknown): string | undefined => (cause instanceof Error ? cause.name : undefined);
