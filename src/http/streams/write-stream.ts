import type { ServerResponse } from 'node:http';
import type { Heartbeats } from './heartbeats.ts';
import { resultIn, retryMs, type StreamResponse } from './stream-response.ts';

/** A client that takes nothing for so long is cut off. Its place in the book is its cursor. */
const stalledMs = 60_000;

/**
 * Writes results as they come. The next one is taken only when the connection can take more: what waits meanwhile is merged
 * where it comes from, so that a client that stops reading costs no memory. Resolves when the response has ended.
 */
export async function writeStream(
  response: ServerResponse,
  { status, headers, format, results }: StreamResponse,
  heartbeats: Heartbeats,
): Promise<void> {
  if (response.destroyed) return;
  // A client that is gone without a word is noticed by TCP.
  response.socket?.setKeepAlive(true, 30_000).setNoDelay(true);
  response.writeHead(status, headers);
  response.write(format.begin(retryMs()));
  const endBeats = heartbeats.add(() => {
    if (!response.writableNeedDrain) response.write(format.heartbeat);
  });
  try {
    for await (const result of results) {
      if (response.destroyed) return;
      await writeTo(response, resultIn(format, result));
    }
    response.end(format.end);
  } catch (error) {
    response.destroy();
    throw error;
  } finally {
    endBeats();
  }
}

/** Resolves when the connection can take more, or is closed. */
export async function writeTo(response: ServerResponse, text: string): Promise<void> {
  if (!response.destroyed && !response.write(text)) await drained(response);
}

/** Resolves when more can be written, or never will be. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(stalled);
      response.off('drain', done).off('close', done);
      resolve();
    };
    const stalled = setTimeout(() => response.destroy(), stalledMs);
    response.once('drain', done).once('close', done);
  });
}
