import { RateLimited } from '../../../errors.ts';
import type { StopSignal } from '../../../lib/stop.ts';

/**
 * How many calls of one practice are under way at once; the others wait in line, so that a slow one delays itself only.
 *
 * Each practice may hold `atOnce` connections while many are free, and fewer the more are taken: practices that hang, however
 * many, never take all of them before their breakers open.
 */
export interface SiteConcurrency {
  /**
   * A place, as what gives it back; a promise of it where it has to be waited for. Throws RateLimited when the line is too
   * long; the promise rejects with the signal's reason when that is aborted while waiting.
   */
  enter(haloGuid: string, signal: StopSignal): (() => void) | Promise<() => void>;
  /** Counts an answer of the practice, while a place there is held. */
  answered(haloGuid: string): void;
  /** How many answers came since somebody last began to hold a place there without a break. */
  answers(haloGuid: string): number;
  /** How many calls wait, of all practices. */
  inLine(): number;
}

interface Lane {
  underWay: number;
  answers: number;
  /** In the order of their coming. */
  readonly waiting: Set<() => void>;
}

export interface SiteLanesOptions {
  readonly atOnce: number;
  readonly inLine: number;
  /** All practices together have so many. */
  readonly connections: number;
}

/** One practice may hold this share of the connections that are free. */
const shareOfFree = 1 / 32;

export function createSiteConcurrency({ atOnce, inLine, connections }: SiteLanesOptions): SiteConcurrency {
  const lanes = new Map<string, Lane>();
  let underWay = 0;

  function mayStart(lane: Lane): boolean {
    const share = Math.floor((connections - underWay) * shareOfFree);
    return lane.underWay < Math.min(atOnce, Math.max(1, share));
  }

  function start(lane: Lane): void {
    lane.underWay += 1;
    underWay += 1;
  }

  function leave(haloGuid: string, lane: Lane): void {
    lane.underWay -= 1;
    underWay -= 1;
    for (const next of lane.waiting) {
      if (!mayStart(lane)) break;
      lane.waiting.delete(next);
      start(lane);
      next();
    }
    if (lane.underWay === 0) lanes.delete(haloGuid);
  }

  return {
    enter(haloGuid, signal) {
      const lane = lanes.get(haloGuid) ?? { underWay: 0, answers: 0, waiting: new Set() };
      lanes.set(haloGuid, lane);
      const place = () => leave(haloGuid, lane);
      if (mayStart(lane)) {
        start(lane);
        return place;
      }
      if (lane.waiting.size < inLine) return turn(lane, signal).then(() => place);
      throw new RateLimited(1, {
        message: 'Too many requests for this practice are waiting. Wait before asking again.',
        detail: `${lane.underWay} calls of this site under way and ${inLine} in line: the practice is slow`,
      });
    },
    answered(haloGuid) {
      const lane = lanes.get(haloGuid);
      if (lane) lane.answers += 1;
    },
    answers: (haloGuid) => lanes.get(haloGuid)?.answers ?? 0,
    inLine: () => [...lanes.values()].reduce((sum, { waiting }) => sum + waiting.size, 0),
  };
}

function turn({ waiting }: Lane, signal: StopSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const called = () => {
      signal.removeEventListener('abort', left);
      resolve();
    };
    const left = () => {
      waiting.delete(called);
      reject(signal.reason);
    };
    waiting.add(called);
    signal.addEventListener('abort', left);
  });
}
