import { type Faults, faultNumber } from '../faults.ts';

// Rests on assumption S21.

/** How long each stage of an async query takes, in milliseconds. */
export interface Pace {
  readonly initialisingMs: number;
  readonly queuedMs: number;
  readonly executingMs: number;
  /** To upload a page. */
  readonly pageMs: number;
}

export const defaultPace: Pace = { initialisingMs: 20, queuedMs: 20, executingMs: 20, pageMs: 10 };

export type AsyncStatus =
  | 'initialising'
  | 'initialisationFailedCacheError'
  | 'initialisationFailedSiteOffline'
  | 'initialisationFailedSiteUnreachable'
  | 'queued'
  | 'expiredInQueue'
  | 'executing'
  | 'executionFailed'
  | 'uploading'
  | 'uploadFailed'
  | 'successful';

/** A status, and since when, in milliseconds since 1970. */
export interface Stage {
  readonly status: AsyncStatus;
  readonly from: number;
}

/** What decides, at the start of a query, how it will end. */
export interface Prospects {
  readonly createdAt: number;
  readonly pace: Pace;
  readonly maxTimeInQueue: number;
  readonly faults: Faults;
  /** The practice's server, if it is away. */
  readonly away: 'offline' | 'unreachable' | null;
}

/** The stages until the query reaches the practice, or until an earlier failure. */
export function stagesBeforeExecution(query: Prospects): readonly Stage[] {
  const { createdAt, pace, maxTimeInQueue, faults } = query;
  const queued = createdAt + pace.initialisingMs;
  const stages: Stage[] = [{ status: 'initialising', from: createdAt }];
  const failure = initialisationFailure(query);
  if (failure) return untilStuck([...stages, { status: failure, from: queued }], faults);
  stages.push({ status: 'queued', from: queued });
  const wait = faultNumber(faults, 'queue-') ?? pace.queuedMs;
  const expires = wait > maxTimeInQueue || faults.has('fail-expiredInQueue');
  const left = queued + Math.min(wait, maxTimeInQueue);
  return untilStuck([...stages, { status: expires ? 'expiredInQueue' : 'executing', from: left }], faults);
}

/** The stages after execution. `pages`: number of pages to upload, null when the execution failed. */
export function stagesAfterExecution(
  query: Prospects,
  executing: number,
  pages: number | null,
): readonly Stage[] {
  const { pace, faults } = query;
  const executed = executing + pace.executingMs;
  if (faults.has('stuck-executing')) return [];
  if (pages === null) return [{ status: 'executionFailed', from: executed }];
  const status = faults.has('fail-uploadFailed') ? 'uploadFailed' : 'successful';
  return untilStuck(
    [
      { status: 'uploading', from: executed },
      { status, from: executed + pages * pace.pageMs },
    ],
    faults,
  );
}

function initialisationFailure({ faults, away }: Prospects): AsyncStatus | undefined {
  if (faults.has('fail-initialisationFailedCacheError')) return 'initialisationFailedCacheError';
  if (away === 'offline' || faults.has('fail-initialisationFailedSiteOffline'))
    return 'initialisationFailedSiteOffline';
  if (away === 'unreachable' || faults.has('fail-initialisationFailedSiteUnreachable'))
    return 'initialisationFailedSiteUnreachable';
  return undefined;
}

function untilStuck(stages: readonly Stage[], faults: Faults): readonly Stage[] {
  const stuck = stages.findIndex(({ status }) => faults.has(`stuck-${status}`));
  return stuck < 0 ? stages : stages.slice(0, stuck + 1);
}
