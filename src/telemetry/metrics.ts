/**
 * Prometheus metrics of this process. Each label has a small, fixed set of values. No label holds text of a caller or a
 * practice, or a Halo GUID.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { CostReport } from '../datasources/halo-cloud/halo-session.ts';
import type { UpstreamEvent } from '../datasources/halo-cloud/transport/upstream-event.ts';
import type { WebhookOutcome } from '../webhooks/outcomes.ts';
import { callMetrics } from './call-metrics.ts';
import { type CountLive, liveEventKinds, liveHintKinds } from './live-counts.ts';

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

export interface OperationEnd {
  /** `none`: it was refused before its type was known. */
  readonly type: 'query' | 'mutation' | 'subscription' | 'none';
  /** `errors`: executed, with entries in `errors`. Errors as data count as `ok`. */
  readonly outcome: 'ok' | 'errors' | 'refused';
  readonly seconds: number;
  readonly saved: CostReport['saved'];
}

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
  const registers = [registry];
  if (options.process) collectDefaultMetrics({ register: registry });
  const operations = new Counter({
    name: 'halo_graph_operations_total',
    help: 'GraphQL operations, by type and outcome.',
    labelNames: ['type', 'outcome'],
    registers,
  });
  const operationSeconds = new Histogram({
    name: 'halo_graph_operation_seconds',
    help: 'Time from the request to its response, by type.',
    labelNames: ['type'],
    buckets: secondsBuckets,
    registers,
  });
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
    operationEnded({ type, outcome, seconds, saved: without }) {
      operations.inc({ type, outcome });
      operationSeconds.observe({ type }, seconds);
      for (const how of waysToSave) if (without[how] > 0) saved.inc({ how }, without[how]);
    },
    failed: (code) => errors.inc({ code }),
    upstreamEnded: callMetrics([registry], secondsBuckets),
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
