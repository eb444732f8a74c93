import type { IncomingMessage } from 'node:http';
import type { RequestHeaders } from '../lib/request-headers.ts';

/** The headers of a request of `node:http`. Names are in lower case. */
export const nodeHeaders = ({ headers }: Pick<IncomingMessage, 'headers'>): RequestHeaders => ({
  get(name) {
    const value = headers[name];
    if (value === undefined) return null;
    return typeof value === 'string' ? value : value.join(', ');
  },
});
