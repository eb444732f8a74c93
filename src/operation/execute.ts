import type { ExecutionResult } from 'graphql';
import { type ContextOptions, createContext } from '../context.ts';
import type { Variables } from '../execution/coerce-variables.ts';
import { stopIfClosed } from './connection-closed.ts';
import type { Operation } from './operation.ts';
import { isStream } from './stream-results.ts';
import type { RunnableOperation } from './subscription-operation.ts';

/**
 * Executes the operation within its deadline.
 * @param variables as `coerce` gives them
 * @param asBytes whether parts of the result may be JSON already, for `jsonPieces` alone
 */
export async function execute(
  operation: Operation,
  prepared: RunnableOperation,
  variables: Variables,
  asBytes: boolean,
  options: ContextOptions,
): Promise<ExecutionResult | AsyncIterable<ExecutionResult>> {
  const { requestId, caller, request } = operation;
  if (!caller) throw new Error('An operation came to its execution without a caller.');
  stopIfClosed(operation);
  const context = createContext(options, { requestId, caller }, request);
  operation.context = context;
  let goesOn = false;
  try {
    const result = await prepared.execute(context, variables, { asBytes });
    goesOn = isStream(result);
    return result;
  } finally {
    if (!goesOn) context.close();
  }
}
