import type { IncomingMessage } from 'node:http';
import type { RequestHeaders } from '../lib/request-headers.ts';

/** The headers of a request of `node:http`. Names are in lower case. */
export const nodeHeaders = ({ headers }: Pick<IncomingMessage, 'headers'>): RequestHeaders =>
  new NodeHeaders(headers);

class NodeHeaders implements RequestHeaders {
  readonly #headers: IncomingMessage['headers'];

  constructor(headers: IncomingMessage['headers']) {
    this.#headers = headers;
  }

  get(name: string): string | null {
    const value = this.#headers[name];
    if (value === undefined) return null;
    return typeof value === 'string' ? value : value.join(', ');
  }
}
