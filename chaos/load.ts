/** Constant load: operations start on schedule, whether or not earlier ones have ended. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Bookings, createBookings, type ExecuteQuery } from './bookings.ts';
import type { Client } from './client.ts';
import { day, dayBook, type PracticeWork, patientSearch, pick, slots } from './work.ts';

/** One completed operation. */
export interface Sample {
  readonly kind: string;
  readonly bpSiteId: string;
  /** The phase at its start, from `label`. */
  readonly label: string;
  readonly ms: number;
  readonly outcome: string;
}

export interface Load {
  readonly samples: readonly Sample[];
  readonly bookings: Bookings;
  /** Starts `rate` operations per second over all practices. Follow-ups of bookings are additional. */
  run(rate: number, forMs: number): Promise<void>;
  /** Waits until all started operations have ended. */
  drained(): Promise<void>;
}

export function createLoad(
  client: Client,
  practices: readonly PracticeWork[],
  label: (bpSiteId: string) => string,
): Load {
  const samples: Sample[] = [];
  const underWay = new Set<Promise<unknown>>();

  /** @param due scheduled start. A late start counts as response time */
  async function measured(due: number, ...[kind, bpSiteId, query, variables]: Parameters<ExecuteQuery>) {
    const at = label(bpSiteId);
    const answer = await client.execute(query, variables);
    samples.push({ kind, bpSiteId, label: at, ms: performance.now() - due, outcome: answer.outcome });
    return answer;
  }

  const bookings = createBookings((...args) => measured(performance.now(), ...args));

  function operation(practice: PracticeWork, due: number): Promise<unknown> {
    const site = practice.bpSiteId;
    const chance = Math.random();
    const from = day(Math.floor(Math.random() * 50) - 15);
    if (chance < 0.45) return measured(due, 'day book', site, dayBook, { site, from });
    if (chance < 0.8)
      return measured(due, 'search', site, patientSearch, { site, name: pick(practice.names) });
    if (chance < 0.95) return measured(due, 'slots', site, slots, { site, from, to: from });
    return bookings.start(practice);
  }

  return {
    samples,
    bookings,
    async run(rate, forMs) {
      const began = performance.now();
      const count = Math.round((rate * forMs) / 1000);
      for (let number = 0; number < count; number += 1) {
        const due = began + (number * 1000) / rate;
        if (due > performance.now()) await pause(due - performance.now());
        const practice = practices[number % practices.length] as PracticeWork;
        const going = operation(practice, due);
        underWay.add(going);
        going.finally(() => underWay.delete(going));
      }
    },
    async drained() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
