import type { ExecutionResult, GraphQLError } from 'graphql';
import { HaloError } from '../errors.ts';
import { shortText } from '../lib/short-text.ts';
import type { Log } from '../log.ts';
import { maskError, originalOf } from './mask-error.ts';
import { MissingScopes } from './missing-scopes.ts';
import type { Operation } from './operation.ts';

/** Masks the errors of a result for the caller. Logs a HaloError in one line, and any other error (a bug) in full. */
export function maskErrors(
  result: ExecutionResult,
  { requestId, context }: Pick<Operation, 'requestId' | 'context'>,
  log: Log,
): ExecutionResult {
  const tooLarge = context?.budget.exceeded();
  if (tooLarge) {
    // One error for each place where the result was cut off would make the response too large again.
    context?.report(tooLarge, '');
    return { data: null, errors: [maskError(tooLarge)] };
  }
  if (!result.errors) return result;
  const missing = new MissingScopes();
  const errors = result.errors.flatMap((error) => {
    if (missing.hasAlready(error)) return [];
    const original = originalOf(error);
    const field = shortText(error.path?.filter((step) => typeof step === 'string').join('.') ?? '');
    const masked = maskError(error, context?.caller);
    if (original instanceof HaloError) context?.report(original, field);
    else if (original !== undefined) log.error({ requestId, field, err: original }, 'Unexpected error');
    else if (masked.extensions.code === 'INTERNAL_SERVER_ERROR') {
      // The message can quote the value.
      log.error({ requestId, field }, 'A field has a value that its type does not allow');
    }
    missing.add(error, masked);
    return [withRequestId(masked, requestId)];
  });
  return { ...result, errors };
}

/** The request id lets the operator find the full error in the log. */
export function withRequestId(error: GraphQLError, requestId: string): GraphQLError {
  if (error.extensions.unexpected) error.extensions.requestId = requestId;
  return error;
}
