import { Counter, type Registry } from 'prom-client';
import type { CostReport } from '../datasources/halo-cloud/halo-session.ts';
import { secondsHistogram } from './seconds-histogram.ts';

export interface OperationEnd {
  /** `none`: it was refused before its type was known. */
  readonly type: 'query' | 'mutation' | 'subscription' | 'none';
  /** `errors`: executed, with entries in `errors`. Errors as data count as `ok`. */
  readonly outcome: 'ok' | 'errors' | 'refused';
  readonly seconds: number;
  readonly saved: CostReport['saved'];
}

type Type = OperationEnd['type'];
type Outcome = OperationEnd['outcome'];

/** Operations of one type since the metrics were last read. */
interface Tally extends Record<Outcome, number> {
  readonly observe: (seconds: number) => void;
}

const outcomes: readonly Outcome[] = ['ok', 'errors', 'refused'];

/**
 * The metrics of operations, counted in plain numbers as `callMetrics` does.
 * @returns the function that counts one operation
 */
export function operationMetrics(
  registers: [Registry],
  buckets: readonly number[],
): (end: Omit<OperationEnd, 'saved'>) => void {
  const tallies = new Map<Type, Tally>();
  new Counter({
    name: 'halo_graph_operations_total',
    help: 'GraphQL operations, by type and outcome.',
    labelNames: ['type', 'outcome'],
    registers,
    collect() {
      for (const [type, tally] of tallies) {
        for (const outcome of outcomes) {
          if (tally[outcome] > 0) this.inc({ type, outcome }, tally[outcome]);
          tally[outcome] = 0;
        }
      }
    },
  });
  const ofType = secondsHistogram(registers[0], {
    name: 'halo_graph_operation_seconds',
    help: 'Time from the request to its response, by type.',
    label: 'type',
    buckets,
  });
  return ({ type, outcome, seconds }) => {
    let tally = tallies.get(type);
    if (!tally) {
      tally = { ok: 0, errors: 0, refused: 0, observe: ofType(type) };
      tallies.set(type, tally);
    }
    tally[outcome] += 1;
    tally.observe(seconds);
  };
}
