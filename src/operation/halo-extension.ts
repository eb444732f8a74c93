import type { CostReport } from '../datasources/halo-cloud/halo-session.ts';
import type { Operation } from './operation.ts';

const nothing: CostReport = {
  calls: 0,
  charged: 0,
  retries: 0,
  saved: { batched: 0, coalesced: 0, cached: 0 },
  bySite: [],
};

/** `extensions.halo`, which is on every answer, also on those that never came to be executed. */
export function haloExtension({ requestId, context, cost = nothing, price }: Operation): object {
  return {
    requestId,
    cost,
    notices: context?.session.notices() ?? [],
    ...(price && { price }),
  };
}
