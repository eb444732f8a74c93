import DataLoader from 'dataloader';

/** How keys of one batch are loaded together. */
export interface GroupedLoading<Key, Value> {
  /** Keys with the same text are loaded once per operation. */
  readonly cacheKey: (key: Key) => string;
  /** Keys of one group share one call. */
  readonly groupKey: (key: Key) => string;
  /** Sends one call for a group. Resolves to a function that returns the value of a key. */
  readonly read: (keys: readonly Key[]) => Promise<(key: Key) => Value>;
  readonly countBatched: (saved: number) => void;
}

/**
 * A list of ids is sent as numbered parameters. SQL Server accepts 2,098 of them. A longer list needs one more call for each
 * further batch.
 */
const maxBatchSize = 1_000;

/** A DataLoader with groups. When a group fails, only its keys fail. */
export function groupedLoader<Key, Value>(loading: GroupedLoading<Key, Value>) {
  const readGroup = async (keys: readonly Key[]): Promise<(key: Key) => Value | Error> => {
    try {
      if (keys.length > 1) loading.countBatched(keys.length - 1);
      return await loading.read(keys);
    } catch (error) {
      const failure = error instanceof Error ? error : new Error('A loader rejected.', { cause: error });
      return () => failure;
    }
  };

  const readBatch = async (keys: readonly Key[]): Promise<(Value | Error)[]> => {
    const groups = new Map<string, Key[]>();
    for (const key of keys) {
      const name = loading.groupKey(key);
      const group = groups.get(name);
      if (group) group.push(key);
      else groups.set(name, [key]);
    }
    const answers = new Map<string, (key: Key) => Value | Error>();
    await Promise.all(
      [...groups].map(async ([name, group]) => {
        answers.set(name, await readGroup(group));
      }),
    );
    return keys.map((key) => answers.get(loading.groupKey(key))?.(key) ?? (null as Value));
  };

  return new DataLoader<Key, Value, string>(readBatch, { cacheKeyFn: loading.cacheKey, maxBatchSize });
}
