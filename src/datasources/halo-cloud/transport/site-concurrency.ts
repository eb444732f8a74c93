import { RateLimited } from '../../../errors.ts';
import type { StopSignal } from '../../../lib/stop.ts';

/**
 * Limits the concurrent calls of each practice. Further calls wait in a queue, so a slow practice delays only itself.
 *
 * A practice may use `maxConcurrent` connections while many are free, and fewer as fewer are free. So practices that hang,
 * however many, never take all connections before their circuit breakers open.
 */
export interface SiteConcurrency {
  /**
   * Takes a slot and returns the function that releases it, or a promise of that function if the call has to wait. Throws
   * RateLimited when the queue is full. The promise rejects with the signal's reason when the signal is aborted.
   */
  enter(haloGuid: string, signal: StopSignal): (() => void) | Promise<() => void>;
  /** Counts an answer of the practice. Call it while holding a slot. */
  answered(haloGuid: string): void;
  /** Answers of the practice since it last had no call in flight. */
  answers(haloGuid: string): number;
  /** Queued calls of all practices. */
  queued(): number;
}

interface Site {
  inFlight: number;
  answers: number;
  /** In order of arrival. */
  readonly queue: Set<() => void>;
}

export interface SiteConcurrencyOptions {
  /** Concurrent calls of one practice. */
  readonly maxConcurrent: number;
  /** Queued calls of one practice. */
  readonly maxQueued: number;
  /** Connections for all practices together. */
  readonly connections: number;
}

/** One practice may use this share of the free connections. */
const shareOfFree = 1 / 32;

export function createSiteConcurrency({
  maxConcurrent,
  maxQueued,
  connections,
}: SiteConcurrencyOptions): SiteConcurrency {
  const sites = new Map<string, Site>();
  let inFlight = 0;

  function mayStart(site: Site): boolean {
    const share = Math.floor((connections - inFlight) * shareOfFree);
    return site.inFlight < Math.min(maxConcurrent, Math.max(1, share));
  }

  function start(site: Site): void {
    site.inFlight += 1;
    inFlight += 1;
  }

  function release(haloGuid: string, site: Site): void {
    site.inFlight -= 1;
    inFlight -= 1;
    for (const next of site.queue) {
      if (!mayStart(site)) break;
      site.queue.delete(next);
      start(site);
      next();
    }
    if (site.inFlight === 0) sites.delete(haloGuid);
  }

  return {
    enter(haloGuid, signal) {
      const site = sites.get(haloGuid) ?? { inFlight: 0, answers: 0, queue: new Set() };
      sites.set(haloGuid, site);
      const releaseSlot = () => release(haloGuid, site);
      if (mayStart(site)) {
        start(site);
        return releaseSlot;
      }
      if (site.queue.size < maxQueued) return slotFree(site, signal).then(() => releaseSlot);
      throw new RateLimited(1, {
        message: 'Too many requests for this practice are waiting. Wait a moment, then try again.',
        detail: `${site.inFlight} calls of this site in flight and ${maxQueued} queued: the practice is slow`,
      });
    },
    answered(haloGuid) {
      const site = sites.get(haloGuid);
      if (site) site.answers += 1;
    },
    answers: (haloGuid) => sites.get(haloGuid)?.answers ?? 0,
    queued: () => [...sites.values()].reduce((sum, { queue }) => sum + queue.size, 0),
  };
}

function slotFree({ queue }: Site, signal: StopSignal): Promise<void> {
  // A signal that is aborted already emits no event.
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const next = () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    };
    const giveUp = () => {
      queue.delete(next);
      reject(signal.reason);
    };
    queue.add(next);
    signal.addEventListener('abort', giveUp);
  });
}
