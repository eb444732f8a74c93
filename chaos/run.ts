/** The results of a run. */
import type { BookingAudit } from './bookings.ts';
import type { Sample } from './load.ts';
import type { MemoryStretch } from './memory.ts';
import type { RetainedMemory } from './processes.ts';
import { percentile } from './tally.ts';

/** CPU share of a process in one phase: the share it ran, and the share it waited for a core. */
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
  /** Outcomes for callers of the hanging practices. */
  readonly hanging: readonly string[];
  readonly healthy: readonly string[];
  readonly broken: readonly string[];
  /** Upstream calls of the broken practices, by phase. */
  readonly calls: ReadonlyMap<string, number>;
  /** CPU of the facade, of the sandbox, and of the load with the proxy. */
  readonly shares: ReadonlyMap<string, readonly CoreShare[]>;
  readonly cut: number;
  readonly stretches: ReadonlyMap<string, MemoryStretch>;
  /** Memory of the facade at the end of the warm-up and of the calm phase. */
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

/** Operations that started in that phase. */
export const during = (samples: readonly Sample[], label: string): readonly Sample[] =>
  samples.filter((sample) => sample.label === label);

export function samplesOf({ samples }: Run, practices: readonly string[]): readonly Sample[] {
  return samples.filter(({ bpSiteId }) => practices.includes(bpSiteId));
}

export function ratioOf(samples: readonly Sample[], phase = 'storm'): number {
  return percentile(during(samples, phase), 0.99) / percentile(during(samples, 'quiet'), 0.99);
}
