import type { Readable } from 'node:stream';

/** The result of a handler. `main` and the faults decide how it is sent. */
export interface Answer {
  readonly status: number;
  /** Sent as JSON. Undefined: an empty body. */
  readonly body?: unknown;
  /** JSON in chunks, instead of `body`. */
  readonly stream?: () => Readable;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Ends the handling of a request with an error in Halo Cloud's general shape. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.headers = headers;
  }
}

/** The addressed record does not exist at this site. */
export function unknownResource(): Refusal {
  return new Refusal(404, 'The server cannot find the requested resource.');
}
