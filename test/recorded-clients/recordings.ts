/** Requests of real GraphQL clients, byte for byte. `test/foreign/clients` records and compares them. */
import { readFileSync } from 'node:fs';

export interface SentRequest {
  readonly method: string;
  /** Path and query string. */
  readonly target: string;
  /** Those that the client sets; by lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One step of a client, and all requests that it sent. */
export interface Recording {
  readonly client: string;
  readonly does: string;
  readonly requests: readonly SentRequest[];
}

export const recordingsFile = new URL('./recordings.json', import.meta.url);

export const readRecordings = (): readonly Recording[] =>
  JSON.parse(readFileSync(recordingsFile, 'utf8')) as readonly Recording[];
