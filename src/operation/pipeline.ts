/** The steps of one operation, in their order. Every operation passes through them, whatever its transport. */
import { type ExecutionResult, type GraphQLSchema, NoSchemaIntrospectionCustomRule } from 'graphql';
import type { Authenticator } from '../auth/authenticator.ts';
import { Unauthenticated } from '../auth/unauthenticated.ts';
import { type ContextOptions, listedFor } from '../context.ts';
import { isPromise } from '../lib/is-promise.ts';
import type { RequestHeaders } from '../lib/request-headers.ts';
import { rememberPrices } from '../price/remembered-prices.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { endOperationSpan, type OperationSpan } from '../telemetry/traces.ts';
import { authenticationRefusal } from './authenticate.ts';
import { checkGet } from './check-get.ts';
import { checkPrice, type PriceLimit } from './check-price.ts';
import { stopIfClosed } from './connection-closed.ts';
import { countOperation } from './count-operation.ts';
import { CredentialChecks } from './credential-checks.ts';
import { createDocuments } from './documents.ts';
import { codesIn } from './error-codes.ts';
import { execute } from './execute.ts';
import { haloExtension } from './halo-extension.ts';
import { type CallerLimits, limitCaller } from './limit-caller.ts';
import { logOperation } from './log-operation.ts';
import { maskError } from './mask-error.ts';
import { maskErrors, withRequestId } from './mask-errors.ts';
import { OpenStreams, type StreamLimits } from './open-streams.ts';
import { openSubscription } from './open-subscription.ts';
import { Operation, type OperationRequest } from './operation.ts';
import type { KnownOperations } from './persisted-operations.ts';
import { readParams } from './read-params.ts';
import { documentErrors, Refusal } from './refusal.ts';
import { resolveDocument } from './resolve-document.ts';
import { SharedExecutions } from './shared-execution.ts';
import { shortenMessages } from './short-messages.ts';
import { isStream } from './stream-results.ts';
import { isSubscription } from './subscription-operation.ts';
import { traceOperation } from './trace-operation.ts';

export interface PipelineOptions extends ContextOptions {
  readonly schema: GraphQLSchema;
  readonly authenticate: Authenticator;
  /** @default without limits */
  readonly callerLimits?: CallerLimits | undefined;
  /** Operations that a request can refer to by id. @default none */
  readonly knownOperations?: KnownOperations | undefined;
  /** Maximum price of one operation. @default no limit, and no price is calculated */
  readonly priceLimit?: PriceLimit | undefined;
  /** Maximum numbers of subscriptions. @default without limits */
  readonly streamLimits?: StreamLimits | undefined;
  /** Whether introspection is allowed. @default true */
  readonly introspection?: boolean | undefined;
  /** Number of executions before an operation is compiled. */
  readonly compileAfter?: number | undefined;
  readonly metrics: Metrics;
}

export interface RunOptions {
  /** Reads the parameters from the body or the URL, once the caller has been admitted. Rejects with a Refusal. */
  readonly read: () => Promise<unknown>;
  /** Whether parts of the result may be serialised JSON, which only `jsonPieces` can read. @default false */
  readonly asBytes?: boolean;
}

export type Result = ExecutionResult | AsyncIterable<ExecutionResult>;

export interface Pipeline {
  /** Opens an operation. Call its `release` when the response has ended, and `close` when its work is done. */
  open(request: OperationRequest): Operation;
  /**
   * Runs the operation. Never rejects: failures are errors in the result. The result of a subscription is a stream; the
   * operation's resources are released when the stream ends.
   */
  run(operation: Operation, options: RunOptions): Promise<Result>;
  /**
   * Authenticates the caller. Null: the caller is unknown. The name is empty while credentials cannot be checked.
   * Never rejects.
   */
  admits(headers: RequestHeaders): Promise<{ readonly caller: string } | null>;
  /** The result of a request that ends before its operation runs. */
  refuse(operation: Operation, result: ExecutionResult): ExecutionResult;
  /** Writes the access line and the metrics. */
  close(operation: Operation): void;
  /** Ends all streams, spread over this time in ms, and opens no more. */
  drainStreams(overMs: number): Promise<void>;
  /** The number of open subscriptions. */
  streams(): number;
}

export function createPipeline(options: PipelineOptions): Pipeline {
  const { schema, authenticate, log, metrics, knownOperations: known, callerLimits, priceLimit } = options;
  const documents = createDocuments({
    schema,
    // The same rule as in Yoga's plugin, which would add it to Yoga's own validation.
    rules: options.introspection === false ? [NoSchemaIntrospectionCustomRule] : [],
    compileAfter: options.compileAfter,
  });
  const prices = priceLimit && {
    maxCharged: priceLimit.maxCharged,
    of: rememberPrices(schema, priceLimit.source, priceLimit.checksPerHour),
  };

  const streams = new OpenStreams(options.streamLimits ?? unlimited);
  const credentials = new CredentialChecks(authenticate);
  const executions = new SharedExecutions(options);
  const failure = (operation: Operation, error: unknown) => refuse(operation, refusalOf(operation, error));
  const subscriptionSteps = { options, streams, credentials, executions, failure };

  async function run(operation: Operation, { read, asBytes = false }: RunOptions): Promise<Result> {
    let traced: OperationSpan | undefined;
    try {
      // Waits only for a promise: each await costs about as much as the step itself.
      const admitted = authenticate(operation.request);
      const caller = isPromise(admitted) ? await admitted : admitted;
      operation.caller = caller;
      stopIfClosed(operation);
      if (callerLimits) {
        const taken = callerLimits.rate.take(caller.name);
        const verdict = isPromise(taken) ? await taken : taken;
        stopIfClosed(operation);
        limitCaller(operation, caller.name, verdict, callerLimits);
      }
      const params = readParams(await read());
      const prepared = resolveDocument(params, { documents, known });
      operation.found(prepared.operation);
      checkGet(operation, params, prepared, known);
      traced = traceOperation(operation);
      const { coerced: variables, errors } = prepared.coerce(params.variables);
      if (errors) throw documentErrors('BAD_USER_INPUT', errors);
      if (prices) {
        const practices = listedFor(options, caller).length;
        const toRun = checkPrice(operation, { ...prepared, variables }, practices, prices);
        if (!toRun) return finish(operation, { data: null });
      }
      const { inside } = traced;
      const executed = isSubscription(prepared)
        ? openSubscription(operation, caller, prepared, variables, traced, subscriptionSteps)
        : execute(operation, caller, prepared, variables, { inside, asBytes }, options);
      const result: Result = isPromise(executed) ? await executed : executed;
      if (isStream(result)) return result;
      const masked = maskErrors(result, operation, log);
      // The audit trail is written before the result is returned.
      const written = operation.context?.audit.close();
      if (written) await written;
      return finish(operation, masked);
    } catch (error) {
      return refuse(operation, refusalOf(operation, await recordedFailure(operation, error)));
    } finally {
      if (traced) endOperationSpan(traced.span, operation.codes ?? []);
      operation.context?.close();
    }
  }

  /** Writes the audit trail of a failed operation. Returns its error, or the error of writing the audit trail. */
  async function recordedFailure({ context }: Operation, error: unknown): Promise<unknown> {
    try {
      await context?.audit.close();
      return error;
    } catch (unwritten) {
      return unwritten;
    }
  }

  function refusalOf(operation: Operation, error: unknown): ExecutionResult {
    const refusal = error instanceof Refusal ? error : authenticationRefusal(error, operation, log);
    if (refusal) return { errors: refusal.errors };
    const { requestId } = operation;
    log.error({ requestId, err: error }, 'Unexpected error');
    return { errors: [withRequestId(maskError(error), requestId)] };
  }

  function refuse(operation: Operation, result: ExecutionResult): ExecutionResult {
    for (const error of result.errors ?? []) maskError(error);
    return finish(operation, result);
  }

  function finish(operation: Operation, result: ExecutionResult): ExecutionResult {
    const { context } = operation;
    shortenMessages(result);
    operation.codes = codesIn(result);
    operation.cost = context?.cost() ?? operation.cost;
    operation.ms = performance.now() - operation.startedAt;
    return { ...result, extensions: { ...result.extensions, halo: haloExtension(operation) } };
  }

  return {
    open: (request) => new Operation(request),
    async admits(headers) {
      try {
        return { caller: (await authenticate({ headers })).name };
      } catch (error) {
        return error instanceof Unauthenticated ? null : { caller: '' };
      }
    },
    run,
    refuse,
    close(operation) {
      if (operation.codes === undefined) {
        // Requests for pages, metrics and health are not operations.
        if (operation.status < 400) return;
        operation.ms = performance.now() - operation.startedAt;
      }
      logOperation(log, operation);
      countOperation(metrics, operation);
    },
    drainStreams: (overMs) => streams.drain(overMs),
    streams: () => streams.size,
  };
}

const unlimited: StreamLimits = {
  perCaller: Number.POSITIVE_INFINITY,
  perProcess: Number.POSITIVE_INFINITY,
};
