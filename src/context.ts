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
import { auditedPractice } from './datasources/practice/audit/audited-practice.ts';
import type { AuditTrail } from './datasources/practice/audit/patient-audit.ts';
import { createPatientAudit, type PatientAudit } from './datasources/practice/audit/patient-audit.ts';
import type { RoutedPractice } from './datasources/practice/choose-source.ts';
import { openPractices, type Practices } from './datasources/practice/practices.ts';
import { type HaloErrorCode, haloErrorTable } from './error-codes.ts';
import { AccessDenied, type HaloError } from './errors.ts';
import { countdown, Deadline } from './lib/deadline.ts';
import type { RequestHeaders } from './lib/request-headers.ts';
import { shortText } from './lib/short-text.ts';
import type { StopSignal } from './lib/stop.ts';
import { type AnswerBudget, createAnswerBudget, maxValues } from './limits/answer-budget.ts';
import { announceWrite } from './live/announce-write.ts';
import type { LiveBooks } from './live/live-books.ts';
import type { Log } from './log.ts';
import type { IdempotencyStore } from './store/idempotency.ts';
import { watchedSession } from './telemetry/watched-session.ts';
import { reserveMs, writeTimeOf } from './write-deadlines.ts';

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
  owner: ContextOwner,
  request: IncomingRequest,
): GraphContext {
  return new OperationContext(options, owner, request);
}

/**
 * A class, because each request creates one. Methods are shared by all of them; functions in an object would be created each
 * time.
 */
class OperationContext implements GraphContext {
  readonly requestId: string;
  readonly caller: Caller;
  readonly environment: HaloEnvironment;
  readonly listed: readonly string[];
  readonly session: HaloSession;
  readonly practices: Practices;
  readonly explain: Explain | undefined;
  readonly reached = new Set<string>();
  readonly audit: PatientAudit;
  readonly idempotency: IdempotencyStore;
  readonly live: LiveBooks;
  readonly simulatedFault: string | undefined;
  readonly signal: StopSignal;
  readonly budget = createAnswerBudget(maxValues);
  readonly #options: ContextOptions;
  readonly #request: IncomingRequest;
  readonly #deadlines: Deadline[];
  readonly #disconnected: () => void;
  #graceSessions: HaloSession[] | undefined;
  #added: CostReport[] | undefined;
  #reported: Set<HaloError> | undefined;

  constructor(options: ContextOptions, owner: ContextOwner, request: IncomingRequest) {
    const { requestId, caller, explain, audit = auditOf(options, owner) } = owner;
    const { deadlineMs, log } = options;
    this.#options = options;
    this.#request = request;
    this.requestId = requestId;
    this.caller = caller;
    this.environment = options.environment;
    this.listed = listedFor(options, caller);
    this.explain = explain;
    this.audit = audit;
    this.idempotency = options.idempotency;
    this.live = options.live;
    this.simulatedFault = simulatedFaultOf(options, request);
    const signal = new Deadline(deadlineMs);
    this.signal = signal;
    this.#deadlines = [signal];
    this.#disconnected = () => {
      // A caller who has disconnected gets no response, but its reads must be recorded.
      audit.close()?.catch((err: unknown) => {
        log.error({ requestId, err }, 'The audit trail cannot be written: patient data');
      });
      signal.abort(request.signal.reason);
    };
    if (request.signal.aborted) signal.abort(request.signal.reason);
    else request.signal.addEventListener('abort', this.#disconnected);
    this.session = this.#openSession(signal, deadlineMs, writeTimeOf(this.#deadlines, deadlineMs));
    this.practices = this.#openPractices(this.session);
  }

  graceSession(): Practices {
    const signal = new Deadline(reserveMs);
    this.#deadlines.push(signal);
    const grace = this.#openSession(signal, reserveMs);
    grace.beginChange();
    this.#graceSessions ??= [];
    this.#graceSessions.push(grace);
    return this.#openPractices(grace);
  }

  again(): GraphContext {
    const { requestId, caller, audit } = this;
    return createContext(this.#options, { requestId, caller, audit }, this.#request);
  }

  close(): void {
    this.explain?.close();
    this.#request.signal.removeEventListener('abort', this.#disconnected);
    for (const deadline of this.#deadlines) deadline.end();
  }

  addWork(cost: CostReport): void {
    this.#added ??= [];
    this.#added.push(cost);
  }

  cost(): CostReport {
    if (!this.#graceSessions && !this.#added) return this.session.cost();
    const sessions = [this.session, ...(this.#graceSessions ?? [])];
    return addCosts([...sessions.map((session) => session.cost()), ...(this.#added ?? [])]);
  }

  report(error: HaloError, field: string): void {
    this.#reported ??= new Set();
    if (this.#reported.has(error)) return;
    this.#reported.add(error);
    const { requestId, caller } = this;
    const { code, detail, cause, addressedSite } = error;
    const { log, onError } = this.#options;
    onError?.(code);
    // Wrong input and cancelled requests concern the caller; failures concern the operator.
    const theirs = code === 'NOT_FOUND' || code === 'INVALID_INPUT' || this.#request.signal.aborted;
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
  }

  #openSession(signal: StopSignal, forMs: number, writeTime?: WriteTime): HaloSession {
    const { requestId, simulatedFault, explain, reached, audit } = this;
    const { log, openSession } = this.#options;
    const remainingMs = countdown(forMs);
    const open = (isApart?: boolean) => {
      const call: OperationCall = {
        requestId,
        simulatedFault,
        log,
        explain: isApart ? undefined : explain,
        signal,
        remainingMs,
        ...(writeTime && { writeTime }),
      };
      return watchedSession(openSession(call), reached, audit);
    };
    return guardSession(open, this.caller);
  }

  #openPractices(session: HaloSession): Practices {
    const { live, routePractice } = this.#options;
    return openPractices(session, (connection) =>
      auditedPractice(routePractice(connection), connection, this.audit, (write, change, answer) =>
        announceWrite(live, connection, { write, change, answer }),
      ),
    );
  }
}

/** The faults that the sandbox simulates for this request. Undefined: none, or faults are not simulated. */
export function simulatedFaultOf(
  { simulateFaults }: ContextOptions,
  { headers }: Pick<IncomingRequest, 'headers'>,
): string | undefined {
  return simulateFaults ? (headers.get(faultHeader) ?? undefined) : undefined;
}

/** The addressed site of a failed call, shortened for the log line. */
const shortTexts = (site: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(site).map(([name, value]) => [name, typeof value === 'string' ? shortText(value) : value]),
  );

/** Only the name: the message of a network error can hold bytes of a response, and its properties a request's headers. */
const nameOf = (cause: unknown): string | undefined => (cause instanceof Error ? cause.name : undefined);
