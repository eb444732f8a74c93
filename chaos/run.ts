/** What a run gave. */
import type { BookingAudit } from './bookings.ts';
import type { Sample } from './load.ts';
import type { MemoryStretch } from './memory.ts';
import type { RetainedMemory } from './processes.ts';
import { percentile } from './tally.ts';

/** Of a phase: how much of it a process had a core, and how much it waited for one while others had it. */
export interface CoreShare {
  readonly had: number;
  readonly waited: number;
}

export interface Run {
  readonly about: {
    readonly rate: number;
    readonly latencyMs: number;
    readonly deadlineMs: number;
    readonly seconds: number;
  };
  readonly samples: readonly Sample[];
  /** How the callers of the practices that hang were answered. */
  readonly hanging: readonly string[];
  readonly healthy: readonly string[];
  readonly broken: readonly string[];
  /** Upstream calls of the broken practices, by what went on. */
  readonly calls: ReadonlyMap<string, number>;
  /** Of facade, sandbox, and load with proxy. */
  readonly shares: ReadonlyMap<string, readonly CoreShare[]>;
  readonly cut: number;
  readonly stretches: ReadonlyMap<string, MemoryStretch>;
  /** Of the facade, at the end of the warm-up and at the end of the calm phase. */
  readonly retained: { readonly before: RetainedMemory; readonly after: RetainedMemory };
  readonly metrics: ReadonlyMap<string, string>;
  readonly recovered: readonly number[];
  readonly audit: BookingAudit;
  readonly facade: {
    readonly logFile: string;
    readonly complaints: string;
    readonly endedEarly: boolean;
    readonly exitCode: number | null;
  };
}

export const phases = ['quiet', 'hanging', 'storm', 'cuts', 'calm'];

/** Those that set out while that went on. */
export const during = (samples: readonly Sample[], label: string): readonly Sample[] =>
  samples.filter((sample) => sample.label === label);

export function samplesOf({ samples }: Run, practices: readonly string[]): readonly Sample[] {
  return samples.filter(({ bpSiteId }) => practices.includes(bpSiteId));
}

export function ratioOf(samples: readonly Sample[], phase = 'storm'): number {
  return percentile(during(samples, phase), 0.99) / percentile(during(samples, 'quiet'), 0.99);
}
