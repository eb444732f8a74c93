/** Waits for a value, at most this many milliseconds. Then it rejects. */
export function within<T>(ms: number, value: T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const tooLate = () => reject(new Error(`no answer within ${ms} ms`));
    // If this process itself was paused, an answer that has arrived is read first.
    const timer = setTimeout(() => setImmediate(tooLate), ms);
    Promise.resolve(value)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
