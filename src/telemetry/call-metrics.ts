import { Counter, type Registry } from 'prom-client';
import type { CallKind } from '../datasources/halo-cloud/transport/call-kind.ts';
import type { UpstreamEvent } from '../datasources/halo-cloud/transport/upstream-event.ts';
import { secondsHistogram } from './seconds-histogram.ts';
import { type UpstreamOutcome, upstreamOutcome } from './upstream-outcome.ts';

/** Calls of one kind since the metrics were last read. */
interface Tally {
  readonly byOutcome: Map<UpstreamOutcome, number>;
  charged: number;
  retried: number;
  readonly observe: (seconds: number) => void;
}

/**
 * The metrics of calls to Halo Cloud. A dashboard makes fifty calls at once, and prom-client checks and hashes the labels of
 * each increment. So calls are counted in plain numbers, which prom-client gets when the metrics are read.
 */
export function callMetrics(
  registers: [Registry],
  buckets: readonly number[],
): (event: UpstreamEvent) => void {
  const tallies = new Map<CallKind, Tally>();
  const ofKind = secondsHistogram(registers[0], {
    name: 'halo_graph_upstream_seconds',
    help: 'Duration of calls to Halo Cloud, by kind.',
    label: 'kind',
    buckets,
  });
  new Counter({
    name: 'halo_graph_upstream_calls_total',
    help: 'Calls to Halo Cloud, by kind and outcome.',
    labelNames: ['kind', 'outcome'],
    registers,
    collect() {
      for (const [kind, { byOutcome }] of tallies) {
        for (const [outcome, calls] of byOutcome) this.inc({ kind, outcome }, calls);
        byOutcome.clear();
      }
    },
  });
  const countOf = (field: 'charged' | 'retried', name: string, help: string) =>
    new Counter({
      name,
      help,
      labelNames: ['kind'],
      registers,
      collect() {
        for (const [kind, tally] of tallies) {
          if (tally[field] > 0) this.inc({ kind }, tally[field]);
          tally[field] = 0;
        }
      },
    });
  countOf('charged', 'halo_graph_upstream_charged_total', 'Calls that Halo Cloud charges for, by kind.');
  countOf('retried', 'halo_graph_upstream_retries_total', 'Retries of calls to Halo Cloud, by kind.');

  function tallyOf(kind: CallKind): Tally {
    const known = tallies.get(kind);
    if (known) return known;
    const tally: Tally = { byOutcome: new Map(), charged: 0, retried: 0, observe: ofKind(kind) };
    tallies.set(kind, tally);
    return tally;
  }

  return (event) => {
    const tally = tallyOf(event.kind);
    const outcome = upstreamOutcome(event);
    tally.byOutcome.set(outcome, (tally.byOutcome.get(outcome) ?? 0) + 1);
    tally.observe(event.ms / 1000);
    if (event.charged) tally.charged += 1;
    if (event.retried) tally.retried += 1;
  };
}
