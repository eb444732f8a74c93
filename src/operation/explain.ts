import type { Caller } from '../auth/caller.ts';
import { missingScopes } from '../auth/scope-check.ts';
import type { HaloEnvironment } from '../config.ts';
import type { Notice } from '../datasources/halo-cloud/halo-session.ts';
import { atField, Explain } from '../datasources/halo-cloud/transport/explain.ts';
import type { WrapResolver } from '../engine/executor.ts';
import type { Operation } from './operation.ts';

/** Requests `extensions.halo.explain`. */
const explainHeader = 'x-halo-explain';

/**
 * Records the upstream calls of an operation if its caller requests it and may see them: in the sandbox, or with the scope
 * `operator`. Undefined otherwise.
 */
export function explainFor(
  operation: Operation,
  caller: Caller,
  environment: HaloEnvironment,
): Explain | undefined {
  if (operation.request.headers.get(explainHeader) !== 'true') return undefined;
  if (environment === 'sandbox' || missingScopes(caller, ['operator']).length === 0) {
    return new Explain(operation.startedAt);
  }
  operation.explainDenied = true;
  return undefined;
}

/** Records the calls of each resolver under the path of its field. */
export const explainedBy =
  (explain: Explain): WrapResolver =>
  (resolve) =>
  (source, args, context, info) =>
    atField(explain, info.path, () => resolve(source, args, context, info));

export const explainDenied: Notice = {
  code: 'EXPLAIN_DENIED',
  message: `${explainHeader} has no effect: your credential does not have the scope operator.`,
  bpSiteId: null,
};
