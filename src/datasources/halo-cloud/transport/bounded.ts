/** Runs `work` for every item, at most `limit` at a time. A failure becomes the result of its item; the others continue. */
export async function settleBounded<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<(R | Error)[]> {
  const outcomes = new Array<R | Error>(items.length);
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) {
      outcomes[index] = await work(item).catch((error: unknown) =>
        error instanceof Error ? error : new Error('not an error', { cause: error }),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return outcomes;
}
