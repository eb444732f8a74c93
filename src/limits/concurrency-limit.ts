/** How many operations of one caller run at a time. A limit of one process: replicas do not add theirs up. */
export interface ConcurrencyLimit {
  /**
   * Takes a place for the caller; null when all are taken. Whoever got one gives it back once, when the operation is over,
   * however it ended; giving back again changes nothing.
   */
  enter(caller: string): (() => void) | null;
  /** After which it makes sense to ask again, when there was no place. */
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
      let inside = true;
      return () => {
        if (!inside) return;
        inside = false;
        const left = (running.get(caller) ?? 1) - 1;
        if (left > 0) running.set(caller, left);
        else running.delete(caller);
      };
    },
  };
}
