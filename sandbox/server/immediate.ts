import type { Answer } from './answer.ts';
import type { CloudClock } from './cloud-clock.ts';
import { type Executor, execute } from './execute.ts';
import type { Faults } from './faults.ts';
import type { KnownImmediates } from './known-immediates.ts';
import { type QueryCommand, type QueryLimits, readQuery } from './query-command.ts';
import { errorFields, type QueryError, tooLarge } from './query-error.ts';
import { identify, instant } from './query-fields.ts';
import { readWhole, type WholeResult } from './whole-result.ts';

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
  const request = readQuery(body, { catalogues, defaultTimeInQueue: 30_000, maxTimeInQueueLimit: 60_000 });
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

function resultBody({ executionMode }: QueryCommand, result: WholeResult, data: Buffer): unknown {
  const { rows, rowsAffected, parameters } = result;
  const echoed = parameters.length > 0 ? { parameters } : {};
  if (executionMode === 'nonQuery') return { rowsAffected, size: 0, ...echoed };
  return { rows, size: data.length, data: data.toString('base64'), ...echoed };
}
