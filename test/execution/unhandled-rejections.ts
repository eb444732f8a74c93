import { afterAll, beforeAll } from 'vitest';

/**
 * Counts unhandled rejections in the tests of a file instead of failing on them. graphql-js does not handle those of a list
 * in which another item has already failed.
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
