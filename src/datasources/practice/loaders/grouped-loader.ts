import DataLoader from 'dataloader';

/** How keys that come together are read together. */
export interface GroupedLoading<Key, Value> {
  /** Keys with the same text are asked once per operation. */
  readonly cacheKey: (key: Key) => string;
  /** Keys of one group are answered by one call. */
  readonly groupKey: (key: Key) => string;
  /** One call for a whole group; the function that it resolves to finds each key's own value. */
  readonly read: (keys: readonly Key[]) => Promise<(key: Key) => Value>;
  readonly countBatched: (saved: number) => void;
}

/**
 * A list of ids travels as numbered parameters, of which SQL Server takes 2,098. An operation whose list names more
 * distinct things than this pays one more call per so many.
 */
const maxBatchSize = 1_000;

/** A DataLoader that groups: a group's failure is the failure of its own keys only. */
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
