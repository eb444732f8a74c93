import { afterAll, beforeAll } from 'vitest';

/**
 * Counts the failures that nobody hears in the tests of a file, instead of failing for them: graphql-js leaves those of a list
 * that another item has answered for.
 */
export function countUnhandledRejections(): { count: number } {
  const unhandled = { count: 0 };
  const listeners = process.listeners('unhandledRejection');
  beforeAll(() => {
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', () => {
      unhandled.count += 1;
    });
  });
  afterAll(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
  });
  return unhandled;
}
