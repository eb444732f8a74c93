import type { IncomingMessage, ServerResponse } from 'node:http';

/** Calls `end` once, when the response is finished or its connection is closed. */
export function onResponseEnd(request: IncomingMessage, response: ServerResponse, end: () => void): void {
  if (response.socket !== null) {
    // A response emits `close` once. `once` would only add a wrapper.
    response.on('close', end);
    return;
  }
  // The response to a pipelined request has no socket until the earlier responses are finished.
  const { socket } = request;
  const endOnce = () => {
    socket.off('close', endOnce);
    response.off('close', endOnce);
    end();
  };
  response.once('close', endOnce);
  socket.setMaxListeners(0).once('close', endOnce);
}
