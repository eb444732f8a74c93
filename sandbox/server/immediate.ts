import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from './answer.ts';
import type { CloudClock } from './cloud-clock.ts';
import { type Executor, execute } from './execute.ts';
import { type Faults, faultNumber } from './faults.ts';
import type { KnownImmediates } from './known-immediates.ts';
import { type QueryCommand, type QueryLimits, readQuery } from './query-command.ts';
import { errorFields, type QueryError, tooLarge } from './query-error.ts';
import { identify, instant } from './query-fields.ts';
import { tookTooLong } from './site-guard.ts';
import { readWhole, type WholeResult } from './whole-result.ts';

// Rests on assumption S21.

/** The parts of a site that an immediate query needs. */
export interface ImmediateSite {
  readonly guid: string;
  readonly catalogues: QueryLimits['catalogues'];
  readonly executor: (catalogue: string) => Executor;
  readonly clock: CloudClock;
  readonly known: KnownImmediates;
}

/** `POST /integrator/sites/{siteId}/queries/immediate`: returns the practice's result, or its database error. */
export function immediateQuery(site: ImmediateSite, body: string, faults: Faults): Answer {
  const { clock, catalogues } = site;
  const request = readImmediate(body, catalogues);
  const started = clock.now();
  const identity = identify(site.guid, request, body, started);
  const execution = execute(site.executor(request.catalogue), request.command, faults, (result) =>
    readWhole(result, request.command, faults),
  );
  const ended = clock.now();
  const common = {
    ...identity,
    mode: 'immediate',
    updatedAt: instant(ended),
    completedAt: instant(ended),
    statusTiming: {
      initialising: { startTime: identity.createdAt },
      executing: { startTime: identity.createdAt },
    },
  };
  const failed = (status: number, error: QueryError): Answer => {
    const query = { ...common, status: 'executionFailed', ...errorFields(error) };
    site.known.keep(query);
    return { status, body: query };
  };
  if (execution.error) return failed(execution.status, execution.error);
  const { value: result } = execution;
  if (result.data === null || faults.has('413-immediate')) return failed(413, tooLarge);
  const query = {
    ...common,
    status: 'successful',
    metrics: { sqlExecutionDuration: ended - started },
    resultSize: result.data.length,
  };
  site.known.keep(query);
  return { status: 200, body: { ...query, result: resultBody(request.command, result, result.data) } };
}

const readImmediate = (body: string, catalogues: QueryLimits['catalogues']) =>
  readQuery(body, { catalogues, defaultTimeInQueue: 30_000, maxTimeInQueueLimit: 60_000 });

/**
 * Holds a query in the queue under the fault `queue-…`, also when its caller disconnects. Throws a Refusal 504 when the query allows
 * less time: it is never executed.
 */
export async function waitInQueue(
  body: string,
  catalogues: QueryLimits['catalogues'],
  faults: Faults,
): Promise<void> {
  const waitMs = faultNumber(faults, 'queue-');
  if (waitMs === undefined) return;
  const { maxTimeInQueue } = readImmediate(body, catalogues);
  await pause(Math.min(waitMs, maxTimeInQueue));
  if (waitMs > maxTimeInQueue) throw tookTooLong();
}

function resultBody({ executionMode }: QueryCommand, result: WholeResult, data: Buffer): unknown {
  const { rows, rowsAffected, parameters } = result;
  const echoed = parameters.length > 0 ? { parameters } : {};
  if (executionMode === 'nonQuery') return { rowsAffected, size: 0, ...echoed };
  return { rows, size: data.length, data: data.toString('base64'), ...echoed };
}
