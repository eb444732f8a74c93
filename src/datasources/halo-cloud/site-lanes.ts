import { RateLimited } from '../../errors.ts';
import type { StopSignal } from '../../lib/stop.ts';

/** How many calls of one practice are under way at once; the others wait in line, so that a slow one delays itself only. */
export interface SiteLanes {
  /**
   * A place, as what gives it back; a promise of it where it has to be waited for. Throws RateLimited when the line is too
   * long; the promise rejects with the signal's reason when that is aborted while waiting.
   */
  enter(haloGuid: string, signal: StopSignal): (() => void) | Promise<() => void>;
  /** How many calls wait, of all practices. */
  inLine(): number;
}

interface Lane {
  underWay: number;
  /** In the order of their coming. */
  readonly waiting: Set<() => void>;
}

export function createSiteLanes({ atOnce, inLine }: { atOnce: number; inLine: number }): SiteLanes {
  const lanes = new Map<string, Lane>();

  function leave(haloGuid: string, lane: Lane): void {
    const [next] = lane.waiting;
    if (next) {
      // The place goes to the next without becoming free.
      lane.waiting.delete(next);
      next();
      return;
    }
    lane.underWay -= 1;
    if (lane.underWay === 0) lanes.delete(haloGuid);
  }

  return {
    enter(haloGuid, signal) {
      const lane = lanes.get(haloGuid) ?? { underWay: 0, waiting: new Set() };
      lanes.set(haloGuid, lane);
      const place = () => leave(haloGuid, lane);
      if (lane.underWay < atOnce) {
        lane.underWay += 1;
        return place;
      }
      if (lane.waiting.size < inLine) return turn(lane, signal).then(() => place);
      throw new RateLimited(1, {
        message: 'Too many requests for this practice are waiting. Wait before asking again.',
        detail: `${atOnce} calls of this site under way and ${inLine} in line: the practice is slow`,
      });
    },
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
