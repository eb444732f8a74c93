/** Runs changes of one name one after the other, in the order in which they began; those of different names do not wait. */
export interface Turns {
  run<T>(name: string, change: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  /** The last change of each name that is not over yet; it never rejects. */
  const last = new Map<string, Promise<void>>();
  return {
    async run(name, change) {
      const before = last.get(name);
      const running = before ? before.then(change) : change();
      const over = running.then(
        () => {},
        () => {},
      );
      last.set(name, over);
      try {
        return await running;
      } finally {
        if (last.get(name) === over) last.delete(name);
      }
    },
  };
}
