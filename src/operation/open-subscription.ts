import { context as spans } from '@opentelemetry/api';
import type { ExecutionResult } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import { auditOf, type ContextOptions, createContext } from '../context.ts';
import { addCosts } from '../datasources/halo-cloud/transport/add-costs.ts';
import { AccessDenied } from '../errors.ts';
import type { Variables } from '../lib/coerce-variables.ts';
import { FailedEvent } from '../resolvers/failed-source.ts';
import type { OperationSpan } from '../telemetry/traces.ts';
import { stopIfClosed } from './connection-closed.ts';
import type { CredentialChecks } from './credential-checks.ts';
import type { OpenStreams } from './open-streams.ts';
import type { Operation } from './operation.ts';
import { ResultStream } from './result-stream.ts';
import { DeliveredResult } from './result-text.ts';
import type { SharedExecutions, Subscriber } from './shared-execution.ts';
import { isStream } from './stream-results.ts';
import type { PreparedSubscription } from './subscription-operation.ts';

export interface SubscriptionSteps {
  readonly options: ContextOptions;
  readonly streams: OpenStreams;
  readonly credentials: CredentialChecks;
  readonly executions: SharedExecutions;
  /** The last result after an error. */
  readonly failure: (operation: Operation, error: unknown) => ExecutionResult;
}

/**
 * Opens a subscription. Returns a stream of results, or one result with errors. The deadline applies to opening the source;
 * the stream itself has none. Its resources are released when the stream or its connection ends.
 */
export async function openSubscription(
  operation: Operation,
  caller: Caller,
  prepared: PreparedSubscription,
  variables: Variables,
  { inside }: Pick<OperationSpan, 'inside'>,
  steps: SubscriptionSteps,
): Promise<ExecutionResult | AsyncIterable<ExecutionResult>> {
  stopIfClosed(operation);
  const { options, streams } = steps;
  streams.enter(operation, caller.name);
  // A subscription does not count against the limit of running operations.
  operation.leaveRunning();
  const source = await openSource(operation, caller, prepared, variables, inside, options);
  if (!isStream(source)) return source as ExecutionResult;
  const { requestId, request } = operation;
  const stream = streamOf(operation, source, { prepared, variables, caller, requestId, request }, steps);
  operation.streams = true;
  streams.add(stream);
  operation.hold(() => stream.end());
  return stream;
}

/**
 * A separate function, because closures of the stream would keep the scope in memory in which the source was opened.
 */
async function openSource(
  operation: Operation,
  caller: Caller,
  prepared: PreparedSubscription,
  variables: Variables,
  inside: OperationSpan['inside'],
  options: ContextOptions,
): Promise<AsyncIterable<unknown> | ExecutionResult> {
  const { requestId, request } = operation;
  const context = createContext(options, { requestId, caller }, request);
  operation.context = context;
  const source = await spans.with(inside, () => prepared.open(context, variables));
  if (!isStream(source)) return source as ExecutionResult;
  await context.audit.close();
  context.close();
  // A stream can last for hours, so nothing that was only needed to open it is kept.
  operation.context = undefined;
  operation.reached = context.reached;
  return source;
}

function streamOf(
  operation: Operation,
  source: AsyncIterable<unknown>,
  subscriber: Subscriber,
  { options, streams, credentials, executions, failure }: SubscriptionSteps,
): ResultStream {
  const { caller, requestId } = subscriber;
  const key = executions.keyOf(subscriber);

  async function resultOf(event: unknown): Promise<ExecutionResult> {
    const { shared, codes, accesses, notices, takeCost } = await executions.execute(event, key, subscriber);
    if (accesses.length > 0) {
      const audit = auditOf(options, { requestId, caller });
      for (const { place, access } of accesses) audit.read(place, access);
      // The audit trail is written before the result is returned.
      await audit.close();
    }
    const cost = takeCost();
    operation.cost = operation.cost ? addCosts([operation.cost, cost]) : cost;
    operation.codes = [...new Set([...(operation.codes ?? []), ...codes])];
    return new DeliveredResult(shared, { halo: { requestId, cost, notices } });
  }

  /** Ends the stream because of its credential. */
  async function dismiss(now: Caller | { readonly error: unknown }): Promise<void> {
    if ('error' in now) return stream.end(failure(operation, now.error));
    const lost = caller.scopes.some((scope) => !now.scopes.includes(scope));
    const message = 'The permissions of this credential have changed. Subscribe again.';
    const error = new AccessDenied(lost ? 'SCOPE_MISSING' : 'UNKNOWN', { message });
    const changed = { ...subscriber, caller: now };
    const last = await executions.execute(new FailedEvent(error), executions.keyOf(changed), changed);
    stream.end(new DeliveredResult(last.shared, { halo: { requestId, cost: last.takeCost(), notices: [] } }));
  }

  const stopChecks = credentials.watch(operation.request, caller, (now) => {
    dismiss(now).catch((error: unknown) => stream.end(failure(operation, error)));
  });
  const stream: ResultStream = new ResultStream({
    source,
    resultOf,
    failure: (error) => failure(operation, error),
    onEnd() {
      stopChecks();
      streams.remove(stream);
      operation.ms = performance.now() - operation.startedAt;
      operation.codes ??= [];
      operation.release();
    },
  });
  return stream;
}
