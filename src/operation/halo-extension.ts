import type { Plugin } from 'graphql-yoga';
import type { CostReport } from '../datasources/halo-session.ts';
import { type RequestState, stateOf } from './request-state.ts';

const nothing: CostReport = {
  calls: 0,
  charged: 0,
  retries: 0,
  saved: { batched: 0, coalesced: 0, cached: 0 },
  bySite: [],
};

/** `extensions.halo` on every answer, also on those that never came to be executed. */
export function useHaloExtensions(): Plugin {
  return {
    onResultProcess({ request, result, setResult }) {
      if (Array.isArray(result) || Symbol.asyncIterator in result) return;
      setResult({ ...result, extensions: { ...result.extensions, halo: haloExtension(stateOf(request)) } });
    },
  };
}

/**
 * What `extensions.halo` says.
 * @param cost where it was worked out already
 */
export function haloExtension(
  { requestId, context, price }: RequestState,
  cost: CostReport = context?.cost() ?? nothing,
): object {
  return {
    requestId,
    cost,
    notices: context?.session.notices() ?? [],
    ...(price && { price }),
  };
}
