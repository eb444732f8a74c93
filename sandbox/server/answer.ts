import type { Readable } from 'node:stream';

/** What a handler says; `main` and faults decide how it goes over the wire. */
export interface Answer {
  readonly status: number;
  /** Sent as JSON; undefined: nothing is sent. */
  readonly body?: unknown;
  /** JSON in pieces, in place of `body`. */
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

/** What is addressed does not exist, or not at this site. */
export function unknownResource(): Refusal {
  return new Refusal(404, 'The server cannot find the requested resource.');
}
