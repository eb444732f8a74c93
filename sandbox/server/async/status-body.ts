import type { Faults } from '../faults.ts';
import { errorFields } from '../query-error.ts';
import { instant } from '../query-fields.ts';
import type { AsyncQuery, Progress } from './async-query.ts';
import type { Stage } from './life-cycle.ts';
import type { ResultPage } from './pages.ts';

// Rests on assumption S19.

const under: readonly string[] = ['initialising', 'queued', 'executing', 'uploading'];

/** An async query as its status shows it: AsyncQuery of the contract. */
export function asyncQueryBody(query: AsyncQuery, now: number, requestFaults: Faults): unknown {
  const progress = query.progress(now, requestFaults);
  const { current, stages, error, executedMs, result } = progress;
  const { status, from } = current;
  const uploading = stages.some((stage) => stage.status === 'uploading');
  return {
    ...query.identity,
    mode: 'async',
    status,
    updatedAt: instant(from),
    statusTiming: timing(stages),
    ...(!under.includes(status) && { completedAt: instant(from) }),
    ...((uploading || status === 'executionFailed') && { metrics: { sqlExecutionDuration: executedMs } }),
    ...((status === 'executionFailed' || status === 'uploadFailed') && error && errorFields(error)),
    ...(uploading && {
      [requestFaults.has('results') ? 'results' : 'result']: resultBody(query, progress, requestFaults),
    }),
    ...(status === 'successful' && { resultSize: result?.size ?? 0 }),
  };
}

/** Rows of a page as they are counted: from 0, or from 1. */
export function rowRange({ firstRow, rows }: ResultPage, requestFaults: Faults) {
  const first = firstRow + (requestFaults.has('ranges-from-1') ? 1 : 0);
  return { count: rows, rangeStart: first, rangeEnd: Math.max(first, first + rows - 1) };
}

function timing(stages: readonly Stage[]): unknown {
  return Object.fromEntries(
    stages
      .map(({ status, from }, index) => {
        const end = stages[index + 1];
        return [status, { startTime: instant(from), ...(end && { endTime: instant(end.from) }) }] as const;
      })
      .filter(([status]) => under.includes(status)),
  );
}

function resultBody(
  { command }: AsyncQuery,
  { result, cached, current }: Progress,
  requestFaults: Faults,
): unknown {
  if (!result) return undefined;
  const pages = result.pages.map((page, index) => ({
    pageNumber: index + 1,
    status:
      index < cached ? 'cached' : index === cached && current.status === 'uploading' ? 'uploading' : 'queued',
    size: page.size,
    rows: rowRange(page, requestFaults),
  }));
  return {
    ...(command.executionMode === 'nonQuery' ? { rowsAffected: result.rowsAffected } : { rows: result.rows }),
    size: result.size,
    pages,
  };
}
