/** Runs changes with the same name one after the other, in order of arrival. Changes with other names do not wait. */
export interface Turns {
  run<T>(name: string, change: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  /** By name: settles when the last unfinished change is over. Never rejects. */
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
