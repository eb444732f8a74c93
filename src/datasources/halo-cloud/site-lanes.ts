import { RateLimited } from '../../errors.ts';

/** How many calls of one practice are under way at once; the others wait in line, so that a slow one delays itself only. */
export interface SiteLanes {
  /**
   * Resolves when there is a place, with what gives it back. Rejects with RateLimited when the line is too long, and with
   * the signal's reason when that is aborted while waiting.
   */
  enter(haloGuid: string, signal: AbortSignal): Promise<() => void>;
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
    async enter(haloGuid, signal) {
      const lane = lanes.get(haloGuid) ?? { underWay: 0, waiting: new Set() };
      lanes.set(haloGuid, lane);
      if (lane.underWay < atOnce) lane.underWay += 1;
      else if (lane.waiting.size < inLine) await turn(lane, signal);
      else {
        throw new RateLimited(1, {
          message: 'Too many requests for this practice are waiting. Wait before asking again.',
          detail: `${atOnce} calls of this site under way and ${inLine} in line: the practice is slow`,
        });
      }
      return () => leave(haloGuid, lane);
    },
    inLine: () => [...lanes.values()].reduce((sum, { waiting }) => sum + waiting.size, 0),
  };
}

function turn({ waiting }: Lane, signal: AbortSignal): Promise<void> {
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
    signal.addEventListener('abort', left, { once: true });
  });
}
