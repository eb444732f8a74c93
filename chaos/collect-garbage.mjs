import { Session } from 'node:inspector/promises';

/**
 * Loaded into the facade. On a message of the chaos run it collects all garbage, frees unused pages and sends what is left.
 * V8's own `gc` would keep the pages, and the young generation at its maximum size.
 */
process.on('message', async () => {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.collectGarbage');
  session.disconnect();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send({ used: heapUsed + external, resident: rss });
});
// The channel alone does not keep the process alive.
process.channel.unref();
