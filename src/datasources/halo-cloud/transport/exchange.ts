import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { StopSignal } from '../../../lib/stop.ts';
import { MalformedResponse } from './malformed-response.ts';

/** One request and the callbacks for its progress. */
export interface Exchange {
  readonly dispatcher: Dispatcher;
  readonly request: Dispatcher.DispatchOptions;
  readonly signal: StopSignal;
  /** For a body that is read whole. */
  readonly maxBytes: number;
  /** Called when a connection is open and the request is being sent. From then on it may reach Halo Cloud. */
  connected(): void;
  /** Called with status and headers as soon as they arrive. The body may still break off. */
  begun(status: number, headers: IncomingHttpHeaders): void;
}

/**
 * Sends a request and returns the body of the response. It uses undici's `dispatch`, because the body of `request` is a
 * stream, which takes a third of the CPU time of a small response.
 *
 * Over the limit it drops the connection and throws MalformedResponse. When the signal is aborted it drops the connection
 * and throws. When the connection fails it throws undici's error.
 */
export function exchange(sending: Exchange): Promise<Buffer> {
  const reader = new BodyReader(sending);
  sending.dispatcher.dispatch(sending.request, reader);
  return reader.body;
}

class BodyReader implements Dispatcher.DispatchHandler {
  /** The whole body. */
  readonly body: Promise<Buffer>;
  readonly #sending: Exchange;
  #resolve!: (body: Buffer) => void;
  #reject!: (error: unknown) => void;
  readonly #stop = () => this.#controller?.abort(new Error('stopped'));
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #size = 0;

  constructor(sending: Exchange) {
    this.body = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#sending = sending;
    sending.signal.addEventListener('abort', this.#stop);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // The request may have waited for a connection.
    if (this.#sending.signal.aborted) this.#stop();
    else this.#sending.connected();
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    // A 1xx response is interim: the final one follows.
    if (status >= 200) this.#sending.begun(status, headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const { maxBytes } = this.#sending;
    this.#size += chunk.byteLength;
    if (this.#size > maxBytes) controller.abort(new MalformedResponse(`longer than ${maxBytes} bytes`));
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
