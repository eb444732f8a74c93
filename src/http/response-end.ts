import type { IncomingMessage, ServerResponse } from 'node:http';

/** Calls `end` when the response is finished or its connection is closed. It can call `end` twice. */
export function onResponseEnd(request: IncomingMessage, response: ServerResponse, end: () => void): void {
  response.once('close', end);
  if (response.socket !== null) return;
  // The response to a pipelined request has no socket until the earlier responses are finished.
  const { socket } = request;
  socket.setMaxListeners(0).once('close', end);
  response.once('close', () => socket.off('close', end));
}
