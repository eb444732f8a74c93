import type { IncomingMessage, ServerResponse } from 'node:http';

/** Calls `end` when the response is finished, or its connection is closed; it may be called twice. */
export function onResponseEnd(request: IncomingMessage, response: ServerResponse, end: () => void): void {
  response.once('close', end);
  if (response.socket !== null) return;
  // A pipelined request waits for those before it. Until then its response knows nothing of its connection.
  const { socket } = request;
  socket.setMaxListeners(0).once('close', end);
  response.once('close', () => socket.off('close', end));
}
