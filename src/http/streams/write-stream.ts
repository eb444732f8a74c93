import type { ServerResponse } from 'node:http';
import type { Heartbeats } from './heartbeats.ts';
import { resultIn, retryMs, type StreamResponse } from './stream-response.ts';

/** The connection of a client that reads nothing for this long is closed. The client continues from its cursor. */
const stalledMs = 60_000;

/**
 * Writes the results of a stream. It takes the next result only when the connection can take more. The source merges
 * waiting events, so a client that stops reading costs no memory. Resolves when the response has ended.
 */
export async function writeStream(
  response: ServerResponse,
  { status, headers, format, results }: StreamResponse,
  heartbeats: Heartbeats,
): Promise<void> {
  if (response.destroyed) return;
  // TCP keep-alive detects a client that has disappeared without closing the connection.
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

/** Resolves when more can be written, or when the response is closed. */
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
