import { context as spans } from '@opentelemetry/api';
import type { ExecutionResult } from 'graphql';
import type { Authenticator } from '../auth/authenticator.ts';
import { type ContextOptions, createContext, listedFor } from '../context.ts';
import type { CostReport } from '../datasources/halo-session.ts';
import type { Variables } from '../execution/coerce-variables.ts';
import { jsonPieces } from '../execution/json-bytes.ts';
import type { PreparedOperation } from '../execution/prepare-operation.ts';
import type { CrossOrigin } from '../http/cross-origin.ts';
import { type PlainRequest, plainMediaType } from '../http/plain-request.ts';
import { securityHeaders } from '../http/security-headers.ts';
import type { rememberPrices } from '../price/remembered-prices.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { endOperationSpan, operationSpan } from '../telemetry/traces.ts';
import { type AskedOperation, askedOperation } from './asked-operation.ts';
import { countOperation } from './count-operation.ts';
import type { Documents } from './documents.ts';
import { codesIn } from './error-codes.ts';
import { haloExtension } from './halo-extension.ts';
import type { CallerLimits } from './limit-caller.ts';
import { logOperation } from './log-operation.ts';
import { maskError } from './mask-error.ts';
import { maskResult } from './mask-errors.ts';
import type { KnownOperations } from './persisted-operations.ts';
import { openState, type RequestState } from './request-state.ts';
import { shortenMessages } from './short-messages.ts';
import { noteOperation } from './use-operation-record.ts';

export interface FastPathOptions extends ContextOptions {
  readonly authenticate: Authenticator;
  readonly callerLimits?: CallerLimits | undefined;
  readonly knownOperations?: KnownOperations | undefined;
  /** What an operation may cost. */
  readonly price?: { readonly most: number; readonly of: ReturnType<typeof rememberPrices> } | undefined;
  readonly documents: Documents;
  /** Whether also documents are taken that were never read before. */
  readonly takesAny: boolean;
  readonly crossOrigin: CrossOrigin;
  readonly metrics: Metrics;
}

export interface Answered {
  readonly status: 200 | 500;
  readonly headers: Readonly<Record<string, string>>;
  /** In pieces that make one text together. */
  readonly body: readonly (string | Buffer)[];
  /** To be called when the answer is on its way: writes log, audit and metrics, for which nobody has to wait. */
  readonly tell: () => void;
}

/** An operation of which nothing more has to be asked. */
interface Ready {
  readonly prepared: PreparedOperation;
  /** As resolvers get them. */
  readonly variables: Variables;
}

interface Ended extends Pick<Answered, 'status' | 'body'> {
  /** Of the operation, worked out for all that tell it; undefined after a fault. */
  readonly cost?: CostReport;
}

/** A request that the whole pipeline has to answer, and what was done about it already. */
export interface PassedOn {
  readonly state?: RequestState;
  /** The body, once it was read. */
  readonly body?: string;
}

/**
 * Answers what comes again and again, without the pipeline around it: an operation that came before and was found valid, by
 * JSON over POST, of a caller who may ask, with variables that fit. Each step is one of the pipeline's own, in its order; a
 * request that any of them would turn away, or treat in another way, is passed on before anything of it is run.
 */
export type FastPath = (request: PlainRequest) => Promise<Answered | PassedOn>;

export function createFastPath(options: FastPathOptions): FastPath {
  const { authenticate, callerLimits, knownOperations, price, log, metrics } = options;

  return async (request) => {
    const mediaType = plainMediaType(request);
    const crossing = mediaType && options.crossOrigin(request.headers);
    if (!crossing) return {};
    const state = openState(request.headers);
    if (!(await isAdmitted(state, request))) return { state };
    const body = await request.text().catch(() => undefined);
    if (body === undefined) return { state };
    const asked = askedOperation(body, knownOperations);
    const prepared = asked && preparedOperation(asked);
    if (!prepared) return { state, body };
    const variables = prepared.coerce(asked.variables).coerced;
    if (!variables || !isAffordable(state, prepared, variables)) return { state, body };
    const ended = await run(state, request, { prepared, variables }).catch((err: unknown) => {
      log.error({ requestId: state.requestId, err }, 'Unexpected error');
      return unexpected;
    });
    state.leave?.();
    return {
      status: ended.status,
      headers: {
        // As Yoga writes it.
        'Content-Type': `${mediaType}; charset=utf-8`,
        'x-request-id': state.requestId,
        ...securityHeaders,
        ...crossing,
      },
      body: ended.body,
      tell() {
        state.context?.audit.close();
        logOperation(log, state, ended.status, ended.cost);
        countOperation(metrics, state, ended.cost);
      },
    };
  };

  /** Who is not is told so by the pipeline, which looks again. */
  async function isAdmitted(state: RequestState, request: PlainRequest): Promise<boolean> {
    try {
      state.caller = await authenticate(request);
    } catch {
      return false;
    }
    if (!callerLimits) return true;
    const { name } = state.caller;
    state.counted = (await callerLimits.rate.take(name)).allowed;
    if (!state.counted) return false;
    state.leave = callerLimits.concurrency.enter(name) ?? undefined;
    return state.leave !== undefined;
  }

  function preparedOperation({ text, operationName }: AskedOperation): PreparedOperation | null {
    try {
      const known = options.takesAny ? options.documents.read(text) : options.documents.remembered(text);
      return known?.operation(operationName) ?? null;
    } catch {
      // The pipeline says what is wrong with it.
      return null;
    }
  }

  function isAffordable(
    { caller }: RequestState,
    prepared: PreparedOperation,
    variables: Variables,
  ): boolean {
    if (!caller) return false;
    if (!price) return true;
    const viewerPractices = listedFor(options, caller).length;
    try {
      return price.of({ ...prepared, variables }, viewerPractices).total <= price.most;
    } catch {
      // Of a condition that is null nobody can say what it would cost.
      return false;
    }
  }

  async function run(
    state: RequestState,
    request: PlainRequest,
    { prepared, variables }: Ready,
  ): Promise<Ended> {
    const { requestId, caller } = state;
    if (!caller) throw new Error('A request came to its execution without a caller.');
    const context = createContext(options, { requestId, caller }, request);
    state.context = context;
    noteOperation(state, prepared.operation);
    const { span, inside } = operationSpan(prepared.operation.operation, {
      'halo_graph.request_id': requestId,
      'halo_graph.caller': caller.name,
      ...(prepared.operation.name && { 'graphql.operation.name': prepared.operation.name.value }),
    });
    const raw = await spans.with(inside, () => prepared.execute(context, variables, { asBytes: true }));
    const result: ExecutionResult = raw.errors ? maskResult(raw, state, log) : raw;
    shortenMessages(result);
    state.codes = codesIn(result);
    endOperationSpan(span, state.codes);
    context.answered();
    const cost = context.cost();
    const body = jsonPieces({ ...result, extensions: { halo: haloExtension(state, cost) } });
    return { status: 200, body, cost };
  }
}

/** Of a fault of ours, outside of the fields. */
const unexpected: Ended = {
  status: 500,
  body: [JSON.stringify({ errors: [maskError(new Error())] })],
};
