import { randomUUID } from 'node:crypto';
import type { QueryRequest } from './query-command.ts';

const integratorId = '5a4db0c5-1111-4000-8000-000000000001';

/** The part of a request that its query stores. */
export interface QueryIdentity {
  readonly id: string;
  readonly integratorId: string;
  readonly siteId: string;
  readonly maxTimeInQueue: number;
  /** Bytes. */
  readonly commandSize: number;
  readonly requestSize: number;
  readonly createdAt: string;
}

export function identify(
  siteId: string,
  { command, maxTimeInQueue }: QueryRequest,
  body: string,
  now: number,
): QueryIdentity {
  return {
    id: randomUUID(),
    integratorId,
    siteId,
    maxTimeInQueue,
    commandSize: Buffer.byteLength(command.text),
    requestSize: Buffer.byteLength(body),
    createdAt: instant(now),
  };
}

export function instant(ms: number): string {
  return new Date(ms).toISOString();
}
