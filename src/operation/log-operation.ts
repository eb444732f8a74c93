import type { Plugin } from 'graphql-yoga';
import type { CostReport } from '../datasources/halo-session.ts';
import type { Log } from '../log.ts';
import { type RequestState, stateOf } from './request-state.ts';

const mostPractices = 100;

/**
 * One line an operation, also one that was turned away: who asked, its name, which practices it reached, how long it took,
 * how it failed, what it cost. Never its variables or its answer.
 */
export function useOperationLog(log: Log): Plugin {
  return {
    onResponse({ request, response }) {
      const state = stateOf(request);
      if (state.codes !== undefined || response.status >= 400) logOperation(log, state, response.status);
    },
  };
}

/** @param cost where it was worked out already */
export function logOperation(
  log: Log,
  state: RequestState,
  status: number,
  cost: CostReport | undefined = state.context?.cost(),
): void {
  const { requestId, startedAt, caller, operation, operationType, codes, context } = state;
  log.info(
    {
      requestId,
      caller: caller?.name ?? null,
      subject: caller?.subject,
      operation,
      type: operationType ?? null,
      practices: [...(context?.reached ?? [])].slice(0, mostPractices),
      status,
      ms: Math.round(performance.now() - startedAt),
      errors: codes ?? [],
      cost,
    },
    'operation',
  );
}
