import type { CostReport, Notice } from '../datasources/halo-cloud/halo-session.ts';
import type { Explanation } from '../datasources/halo-cloud/transport/explain.ts';
import type { Price } from '../price/price-of.ts';
import { explainDenied as deniedNotice } from './explain.ts';
import type { Operation } from './operation.ts';

/** `extensions.halo` of every response, also when the operation was not executed. */
export interface HaloExtension {
  readonly requestId: string;
  readonly cost: CostReport;
  readonly notices: readonly Notice[];
  /** With `x-halo-price-only: true`. */
  readonly price?: Price;
  /** With `x-halo-explain: true`, in the sandbox or with the scope `operator`. */
  readonly explain?: Explanation;
}

const nothing: CostReport = {
  calls: 0,
  charged: 0,
  retries: 0,
  saved: { batched: 0, coalesced: 0, cached: 0 },
  bySite: [],
};

export function haloExtension(operation: Operation): HaloExtension {
  const { requestId, context, cost = nothing, price, explainDenied } = operation;
  const notices = context?.session.notices() ?? [];
  return {
    requestId,
    cost,
    notices: explainDenied ? [...notices, deniedNotice] : notices,
    ...(price && { price }),
    ...(context?.explain && { explain: context.explain.report() }),
  };
}
