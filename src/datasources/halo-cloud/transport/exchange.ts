import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { StopSignal } from '../../../lib/stop.ts';
import { MalformedResponse } from './malformed-response.ts';

/** How one request is sent. */
export interface Exchange {
  readonly dispatcher: Dispatcher;
  readonly request: Dispatcher.DispatchOptions;
  readonly signal: StopSignal;
  /** Most bytes that a body read whole may have. */
  readonly limitBytes: number;
  /** Told when there is a connection and the request goes out: from then on it may arrive. */
  connected(): void;
  /** Told of status and headers as soon as they are there: what follows may break off. */
  begun(status: number, headers: IncomingHttpHeaders): void;
}

/**
 * Sends a request and gives the body of its answer. By undici's dispatch and not its `request`, whose body is a stream: of
 * a small answer that would be a third of the CPU.
 *
 * Over the limit, and when the signal is aborted, it drops the connection: it throws MalformedResponse for the one, anything for the
 * other. When the connection fails, it throws undici's error.
 */
export function exchange(sending: Exchange): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sending.dispatcher.dispatch(sending.request, new BodyReader(sending, resolve, reject));
  });
}

class BodyReader implements Dispatcher.DispatchHandler {
  readonly #sending: Exchange;
  readonly #resolve: (body: Buffer) => void;
  readonly #reject: (error: unknown) => void;
  readonly #stop = () => this.#controller?.abort(new Error('stopped'));
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #size = 0;

  constructor(sending: Exchange, resolve: (body: Buffer) => void, reject: (error: unknown) => void) {
    this.#sending = sending;
    this.#resolve = resolve;
    this.#reject = reject;
    sending.signal.addEventListener('abort', this.#stop);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It may have waited for a connection.
    if (this.#sending.signal.aborted) this.#stop();
    else this.#sending.connected();
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    // Below 200 it announces another.
    if (status >= 200) this.#sending.begun(status, headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const { limitBytes } = this.#sending;
    this.#size += chunk.byteLength;
    if (this.#size > limitBytes) controller.abort(new MalformedResponse(`longer than ${limitBytes} bytes`));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#sending.signal.removeEventListener('abort', this.#stop);
    const [first] = this.#chunks;
    this.#resolve(first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#size));
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#sending.signal.removeEventListener('abort', this.#stop);
    this.#reject(error);
  }
}
