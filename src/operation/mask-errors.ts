import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { HaloError } from '../errors.ts';
import type { Log } from '../log.ts';
import { maskError, originalOf } from './mask-error.ts';
import { type RequestState, stateOf } from './request-state.ts';

/** Masks what fields threw, and tells the operator: HaloErrors in a line, anything else (a bug) whole. */
export function useMaskedErrors(log: Log): Plugin {
  return {
    onExecute: () => ({
      onExecuteDone({ result, setResult, args }) {
        if (Symbol.asyncIterator in result || !result.errors) return;
        setResult(maskResult(result, stateOf(args.contextValue.request), log));
      },
    }),
  };
}

/** The result as its reader may have it, each error told to the operator. */
export function maskResult(
  result: ExecutionResult,
  { requestId, context }: RequestState,
  log: Log,
): ExecutionResult {
  const tooLarge = context?.budget.exceeded();
  if (tooLarge) {
    // As many errors as places where it was cut off would be another answer that is too large.
    context?.report(tooLarge, '');
    return { data: null, errors: [maskError(tooLarge)] };
  }
  const errors = (result.errors ?? []).map((error) => {
    const original = originalOf(error);
    const field = error.path?.filter((step) => typeof step === 'string').join('.') ?? '';
    if (original instanceof HaloError) context?.report(original, field);
    else if (original !== undefined) log.error({ requestId, field, err: original }, 'Unexpected error');
    return withRequestId(maskError(error, context?.caller), requestId);
  });
  return { ...result, errors };
}

/** A masked error is only useful to its reader with the id under which the log has the whole. */
function withRequestId(error: GraphQLError, requestId: string): GraphQLError {
  if (error.extensions.unexpected) error.extensions.requestId = requestId;
  return error;
}
