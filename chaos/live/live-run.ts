/** The results of the live act. */
import type { RetainedMemory } from '../processes.ts';
import type { MadeChange } from './changes.ts';
import type { Ending, SeenEvent } from './subscriber.ts';

/** Times are of `performance.now()`. */
export interface SiteOutage {
  readonly bpSiteId: string;
  readonly fault: string;
  readonly began: number;
  readonly ended: number;
}

export interface ShownBook {
  readonly bpSiteId: string;
  readonly book: readonly string[];
  readonly events: readonly SeenEvent[];
  readonly lost: number;
  readonly ending: Ending | null;
  readonly faults: readonly string[];
}

export interface LiveGauges {
  readonly books: number;
  readonly subscriptions: number;
  readonly leads: number;
  readonly gaps: number;
}

/** What the replicas counted while webhooks had faults. */
export interface WebhookCounts {
  /** By outcome, as in `halo_graph_webhooks_total`. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** How many looks at a practice they caused. */
  readonly hints: number;
}

export interface LiveRun {
  readonly healthy: readonly string[];
  readonly screens: readonly ShownBook[];
  /** The practices' books after the storm. */
  readonly books: ReadonlyMap<string, readonly string[]>;
  readonly outages: readonly SiteOutage[];
  readonly changes: readonly MadeChange[];
  /** Null: there is no Redis here. */
  readonly leader: {
    /** Books that the killed replica led. */
    readonly led: number;
    readonly killedAt: number;
    /** Books that the other one leads afterwards. */
    readonly leads: number;
  } | null;
  readonly redisOutage: { readonly began: number; readonly ended: number } | null;
  /** Until all screens were out of a gap: after the practices were mended, and at the end. */
  readonly mendedMs: number;
  readonly recoveredMs: number;
  readonly webhooks: WebhookCounts;
  readonly stalled: {
    /** Clients that stopped reading after their first snapshot. */
    readonly count: number;
    /** Resident memory at most above the level before, in MB. */
    readonly peakMb: number;
    /** While they do not read. */
    readonly held: RetainedMemory;
    /** The text of their first snapshot, in bytes. */
    readonly snapshotBytes: number;
    /** Subscriptions of the same replica, of all clients. */
    readonly subscriptions: number;
  };
  readonly retained: { readonly before: RetainedMemory; readonly after: RetainedMemory };
  readonly registered: { readonly while: number; readonly after: number; readonly atEnd: number };
  readonly countsAfter: readonly LiveGauges[];
  /** Objects of the live book that are left, by class. */
  readonly instances: Readonly<Record<string, number>>;
  /** Of the replica that was stopped with subscribers; times since SIGTERM. */
  readonly endings: readonly (Ending | null)[];
  readonly drainMs: number;
  readonly exitCodes: readonly (number | null)[];
  readonly logs: readonly string[];
  readonly complaints: string;
}

/** @param metrics of each replica */
export function webhookCounts(metrics: readonly string[]): WebhookCounts {
  const counted = metrics.flatMap((text) => [
    ...text.matchAll(/^halo_graph_webhooks_total\{outcome="(\w+)"\} (\d+)$/gm),
  ]);
  const outcomes: Record<string, number> = {};
  for (const [, outcome = '', count] of counted) outcomes[outcome] = (outcomes[outcome] ?? 0) + Number(count);
  const hints = metrics.map((text) =>
    Number(/^halo_graph_live_hints_total\{kind="webhook"\} (\d+)$/m.exec(text)?.[1] ?? Number.NaN),
  );
  return { outcomes, hints: hints.reduce((sum, count) => sum + count, 0) };
}

export function liveGauges(metrics: string): LiveGauges {
  const gauge = (name: string) =>
    Number(new RegExp(`^halo_graph_live_${name} (\\S+)`, 'm').exec(metrics)?.[1] ?? Number.NaN);
  return {
    books: gauge('books'),
    subscriptions: gauge('subscriptions'),
    leads: gauge('leads'),
    gaps: gauge('gaps'),
  };
}
