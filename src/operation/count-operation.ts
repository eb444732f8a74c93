import { haloErrorTable } from '../error-codes.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Operation } from './operation.ts';

const nothing = { batched: 0, coalesced: 0, cached: 0 };

/** Counts the operation in the metrics. A request without an operation is not counted. */
export function countOperation(metrics: Metrics, { ms, type, codes, cost }: Operation): void {
  if (codes === undefined) return;
  const outcome = codes.length === 0 ? 'ok' : 'errors';
  // HaloErrors are counted where they are reported, because errors as data do not reach this code.
  for (const code of codes) if (!(code in haloErrorTable)) metrics.failed(code);
  metrics.operationEnded({
    type: type ?? 'none',
    outcome: type ? outcome : 'refused',
    seconds: ms / 1000,
    saved: cost?.saved ?? nothing,
  });
}
