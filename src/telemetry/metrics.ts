/**
 * Prometheus metrics of this process. Each label has a small, fixed set of values. No label holds text of a caller or a
 * practice, or a Halo GUID.
 */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { UpstreamEvent } from '../datasources/halo-cloud/transport/upstream-event.ts';
import type { WebhookOutcome } from '../webhooks/outcomes.ts';
import { callMetrics } from './call-metrics.ts';
import { type CountLive, liveEventKinds, liveHintKinds } from './live-counts.ts';
import { type OperationEnd, operationMetrics } from './operation-metrics.ts';

/** From responses without an upstream call to the longest usual deadline. */
const secondsBuckets = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/**
 * Codes whose first error must raise an alarm, so their series begin with 0. Prometheus sees no increase in a series that
 * begins with 1.
 */
const alarmedCodes = [
  'INTERNAL_SERVER_ERROR',
  'ACCESS_DENIED',
  'PRACTICE_IDENTITY_CHANGED',
  'OUTCOME_UNKNOWN',
] as const;
const waysToSave = ['batched', 'coalesced', 'cached'] as const;

export interface Metrics {
  operationEnded(end: OperationEnd): void;
  /** An error in a response, by its code in `errors.ts` or in `extensions.code`. */
  failed(code: string): void;
  upstreamEnded(event: UpstreamEvent): void;
  /** A webhook was received, with any outcome. */
  webhookReceived(outcome: WebhookOutcome): void;
  /** Events and hints of the live appointment books. */
  readonly live: CountLive;
  /** A gauge that is read when metrics are collected. */
  gauge(name: string, help: string, read: () => number): void;
  /** All metrics in the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** @param options.process includes memory, CPU, garbage collection and event-loop lag; @default false */
export function createMetrics(options: { readonly process?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers: [Registry] = [registry];
  if (options.process) collectDefaultMetrics({ register: registry });
  const operationEnded = operationMetrics(registers, secondsBuckets);
  const errors = new Counter({
    name: 'halo_graph_errors_total',
    help: 'Errors in responses, as data or in errors[], by code.',
    labelNames: ['code'],
    registers,
  });
  for (const code of alarmedCodes) errors.inc({ code }, 0);
  const webhooks = new Counter({
    name: 'halo_graph_webhooks_total',
    help: 'Webhooks received, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const liveEvents = new Counter({
    name: 'halo_graph_live_events_total',
    help: 'Events delivered to subscribers of appointment books, by kind.',
    labelNames: ['kind'],
    registers,
  });
  const liveHints = new Counter({
    name: 'halo_graph_live_hints_total',
    help: 'Hints that an appointment book may have changed, by kind.',
    labelNames: ['kind'],
    registers,
  });
  for (const kind of liveEventKinds) liveEvents.inc({ kind }, 0);
  for (const kind of liveHintKinds) liveHints.inc({ kind }, 0);
  const saved = new Counter({
    name: 'halo_graph_upstream_saved_total',
    help: 'Calls to Halo Cloud that were not necessary, by reason.',
    labelNames: ['how'],
    registers,
  });
  for (const how of waysToSave) saved.inc({ how }, 0);
  return {
    operationEnded(end) {
      operationEnded(end);
      for (const how of waysToSave) if (end.saved[how] > 0) saved.inc({ how }, end.saved[how]);
    },
    failed: (code) => errors.inc({ code }),
    upstreamEnded: callMetrics(registers, secondsBuckets),
    webhookReceived: (outcome) => webhooks.inc({ outcome }),
    live: { event: (kind) => liveEvents.inc({ kind }), hint: (kind) => liveHints.inc({ kind }) },
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
