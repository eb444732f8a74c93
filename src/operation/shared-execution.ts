import { createHash } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import { type ContextOptions, createContext, simulatedFaultOf } from '../context.ts';
import type { CostReport, Notice } from '../datasources/halo-cloud/halo-session.ts';
import { addCosts } from '../datasources/halo-cloud/transport/add-costs.ts';
import type { AuditedPlace, PatientAccess } from '../datasources/practice/audit/patient-audit.ts';
import type { Variables } from '../lib/coerce-variables.ts';
import { Stop } from '../lib/stop.ts';
import { takeCost } from '../live/book-events.ts';
import { codesIn } from './error-codes.ts';
import { maskErrors } from './mask-errors.ts';
import type { OperationRequest } from './operation.ts';
import { SharedResult } from './result-text.ts';
import { shortenMessages } from './short-messages.ts';
import type { PreparedSubscription } from './subscription-operation.ts';

/** A subscription of one caller. */
export interface Subscriber {
  readonly prepared: PreparedSubscription;
  readonly variables: Variables;
  readonly caller: Caller;
  readonly requestId: string;
  readonly request: Pick<OperationRequest, 'headers'>;
}

/** The result of an event. */
export interface ExecutedEvent {
  readonly shared: SharedResult;
  readonly codes: readonly string[];
  /** The patient data in the result, for the audit trail. */
  readonly accesses: readonly { readonly place: AuditedPlace; readonly access: PatientAccess }[];
  readonly notices: readonly Notice[];
  /** The first subscriber to receive the result is charged its cost. The others saved that many calls. */
  takeCost(): CostReport;
}

/** An event whose source made upstream calls for it. */
interface WorkedFor {
  readonly cost?: CostReport;
  readonly notices?: readonly Notice[];
}

const isWork = (event: WorkedFor): event is WorkedFor & { readonly cost: CostReport } =>
  event.cost !== undefined;

/**
 * Executes each event once for all subscribers with the same document, variables, scopes and practices. A source must pass
 * the same event object to all of them.
 */
export class SharedExecutions {
  readonly #options: ContextOptions;
  readonly #events = new WeakMap<object, Map<string, Promise<ExecutedEvent>>>();
  readonly #documents = new WeakMap<object, string>();
  #count = 0;

  constructor(options: ContextOptions) {
    this.#options = options;
  }

  /** A key that is equal for subscribers who get the same results. */
  keyOf({ prepared, variables, caller, request }: Subscriber): string {
    let document = this.#documents.get(prepared);
    if (document === undefined) {
      this.#count += 1;
      document = String(this.#count);
      this.#documents.set(prepared, document);
    }
    const same = Object.entries(variables).filter(([name]) => !prepared.positions.has(name));
    const fault = simulatedFaultOf(this.#options, request);
    const key = JSON.stringify([document, same, caller.scopes, caller.practices, fault ?? null]);
    return createHash('sha256').update(key).digest('base64url');
  }

  execute(event: unknown, key: string, subscriber: Subscriber): Promise<ExecutedEvent> {
    if (typeof event !== 'object' || event === null) return this.#execute(event, subscriber);
    let executed = this.#events.get(event);
    if (!executed) {
      executed = new Map();
      this.#events.set(event, executed);
    }
    let result = executed.get(key);
    if (!result) {
      result = this.#execute(event, subscriber);
      executed.set(key, result);
    }
    return result;
  }

  async #execute(event: unknown, subscriber: Subscriber): Promise<ExecutedEvent> {
    const { prepared, variables, caller, requestId, request } = subscriber;
    const accesses: ExecutedEvent['accesses'][number][] = [];
    const context = createContext(
      this.#options,
      { requestId, caller, audit: recordingAudit(accesses) },
      // One subscriber's disconnection must not abort the execution for the others.
      { headers: request.headers, signal: new Stop() },
    );
    let result: ExecutionResult;
    try {
      result = maskErrors(
        await prepared.execute(event, context, variables),
        { requestId, context },
        this.#options.log,
      );
    } finally {
      context.close();
    }
    shortenMessages(result);
    const { data, errors } = result;
    const worked = (typeof event === 'object' && event !== null ? event : {}) as WorkedFor;
    const cost = addCosts([context.cost(), ...(isWork(worked) ? [takeCost(worked)] : [])]);
    let taken = false;
    return {
      shared: new SharedResult({ ...(errors && { errors }), ...(data !== undefined && { data }) }),
      codes: codesIn(result),
      accesses,
      notices: [...(worked.notices ?? []), ...context.session.notices()],
      takeCost() {
        if (!taken) {
          taken = true;
          return cost;
        }
        return addCosts([{ ...addCosts([]), saved: { batched: 0, coalesced: cost.calls, cached: 0 } }]);
      },
    };
  }
}

/** Collects the audit entries, which are written for each subscriber who gets the result. Subscriptions only read. */
function recordingAudit(accesses: ExecutedEvent['accesses'][number][]) {
  return {
    read: (place: AuditedPlace, access: PatientAccess) =>
      void accesses.push({ place: { bpSiteId: place.bpSiteId, haloGuid: place.haloGuid }, access }),
    wrote: () => {},
    statement: () => {},
    close: () => undefined,
  };
}
