import { context as spans } from '@opentelemetry/api';
import type { Caller } from '../auth/caller.ts';
import { type ContextOptions, createContext } from '../context.ts';
import type { PreparedOperation } from '../engine/executor.ts';
import type { Variables } from '../lib/coerce-variables.ts';
import type { OperationSpan } from '../telemetry/traces.ts';
import { stopIfClosed } from './connection-closed.ts';
import { explainedBy, explainFor } from './explain.ts';
import type { Operation } from './operation.ts';

/**
 * Executes the operation within its deadline and its span. The context belongs to the operation, and the caller of this
 * function closes it after the result.
 * @param variables coerced values, from `coerce`
 * @param asBytes whether parts of the result may be serialised JSON, which only `jsonPieces` can read
 */
export function execute(
  operation: Operation,
  caller: Caller,
  prepared: Pick<PreparedOperation, 'execute'>,
  variables: Variables,
  { inside, asBytes }: Pick<OperationSpan, 'inside'> & { readonly asBytes: boolean },
  options: ContextOptions,
): ReturnType<PreparedOperation['execute']> {
  stopIfClosed(operation);
  const { requestId, request } = operation;
  const explain = explainFor(operation, caller, options.environment);
  const context = createContext(options, { requestId, caller, explain }, request);
  operation.context = context;
  const wrap = explain && explainedBy(explain);
  return spans.with(inside, () => prepared.execute(context, variables, { asBytes, wrap }));
}
