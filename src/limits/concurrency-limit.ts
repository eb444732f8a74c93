/** Limits the concurrent operations of one caller in this process. Replicas do not share it. */
export interface ConcurrencyLimit {
  /** Takes a slot for the caller and returns its release; null if all are taken. A second release does nothing. */
  enter(caller: string): (() => void) | null;
  /** When to retry if there was no slot. */
  readonly retryAfterSeconds: number;
}

export function createConcurrencyLimit({ perCaller }: { readonly perCaller: number }): ConcurrencyLimit {
  const running = new Map<string, number>();
  return {
    retryAfterSeconds: 1,
    enter(caller) {
      const now = running.get(caller) ?? 0;
      if (now >= perCaller) return null;
      running.set(caller, now + 1);
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        const left = (running.get(caller) ?? 1) - 1;
        if (left > 0) running.set(caller, left);
        else running.delete(caller);
      };
    },
  };
}
