import { Stop, type StopSignal } from '../../../lib/stop.ts';

/** Identifies a request. `start` and `text` may be long and confidential: they are only compared, and are never keys of a Map. */
export interface RequestKey {
  /** Short: the address and the path. */
  readonly target: string;
  /** Often the same for requests with another `text`. */
  readonly start?: string | undefined;
  readonly text: string;
}

/** A caller that waits for a request. */
export interface WaitingCaller {
  /** Not aborted yet. */
  readonly signal: StopSignal;
  /** The error for this caller when its own signal is aborted. */
  abortedAs(reason: unknown): Error;
}

/**
 * Identical requests in flight become one. Results and failures are not kept after that. Own code: libraries share the
 * promise, but do not abort the request when its last waiter has left.
 */
export interface Coalescer {
  /** Waits for an identical request. Undefined: none is in flight, so the caller opens one. */
  join<T>(key: RequestKey, caller: WaitingCaller): Promise<T> | undefined;
  /** Registers a request that is about to be sent. */
  open(key: RequestKey): OpenRequest;
}

export interface OpenRequest {
  /** Aborted when no caller waits any more. */
  readonly signal: StopSignal;
  /** Waits for the answer of the request, together with all callers that join until it ends. */
  waitFor<T>(answer: Promise<T>, caller: WaitingCaller): Promise<T>;
}

interface Waiter {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
  /** Stops listening to the caller's signal. */
  unsubscribe(): void;
}

interface InFlight {
  readonly key: RequestKey;
  readonly stop: Stop;
  /** Emptied when the request ends. The old tables of a grown Map would otherwise keep the answer in memory. */
  readonly waiters: Waiter[];
}

export function createCoalescer(): Coalescer {
  /** By target. Seldom more than one request for each. */
  const requests = new Map<string, InFlight[]>();

  function find({ target, start, text }: RequestKey): InFlight | undefined {
    return requests.get(target)?.find(({ key }) => key.text === text && key.start === start);
  }

  function remove(inFlight: InFlight): void {
    const { target } = inFlight.key;
    const sameTarget = requests.get(target);
    const index = sameTarget?.indexOf(inFlight) ?? -1;
    if (!sameTarget || index < 0) return;
    if (sameTarget.length === 1) requests.delete(target);
    else sameTarget.splice(index, 1);
  }

  function settle(inFlight: InFlight, notify: (waiter: Waiter) => void): void {
    remove(inFlight);
    for (const waiter of inFlight.waiters.splice(0)) {
      waiter.unsubscribe();
      notify(waiter);
    }
  }

  return {
    join(key, caller) {
      const known = find(key);
      return known && waitFor(known, caller, remove);
    },
    open(key) {
      const inFlight: InFlight = { key, stop: new Stop(), waiters: [] };
      const sameTarget = requests.get(key.target);
      if (sameTarget) sameTarget.push(inFlight);
      else requests.set(key.target, [inFlight]);
      return {
        signal: inFlight.stop,
        waitFor(answer, caller) {
          answer.then(
            (value) => settle(inFlight, (waiter) => waiter.resolve(value)),
            (error: unknown) => settle(inFlight, (waiter) => waiter.reject(error)),
          );
          return waitFor(inFlight, caller, remove);
        },
      };
    },
  };
}

/** A caller that gives up does not affect the others. When the last one gives up, the request is aborted. */
function waitFor<T>(
  inFlight: InFlight,
  caller: WaitingCaller,
  remove: (inFlight: InFlight) => void,
): Promise<T> {
  const { waiters, stop } = inFlight;
  const { signal } = caller;
  return new Promise<unknown>((resolve, reject) => {
    const giveUp = () => {
      reject(caller.abortedAs(signal.reason));
      waiters.splice(waiters.indexOf(waiter), 1);
      if (waiters.length > 0) return;
      remove(inFlight);
      stop.abort(signal.reason);
    };
    const waiter: Waiter = {
      resolve,
      reject,
      unsubscribe: () => signal.removeEventListener('abort', giveUp),
    };
    waiters.push(waiter);
    signal.addEventListener('abort', giveUp);
  }) as Promise<T>;
}
