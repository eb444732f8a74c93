import { Readable } from 'node:stream';
import { createInflateRaw, inflateRawSync } from 'node:zlib';
import { type Answer, Refusal, unknownResource } from '../answer.ts';
import type { Faults } from '../faults.ts';
import type { AsyncQuery } from './async-query.ts';
import type { PagedResult, ResultPage } from './pages.ts';
import { rowRange } from './status-body.ts';

// Rests on assumptions S18 and S24.

const gone = 'Access to the target resource is permanently no longer available at the origin server.';

/** `GET .../results/{pageNumber}`: base64 in JSON. Throws a Refusal 400, 404 or 410. */
export function resultPage(query: AsyncQuery, number: string, now: number, requestFaults: Faults): Answer {
  const { page, result } = cachedPage(query, number, now, requestFaults);
  const { count, rangeStart, rangeEnd } = rowRange(page, requestFaults);
  const nonQuery = query.command.executionMode === 'nonQuery';
  const { parameters } = result;
  return {
    status: 200,
    headers: {
      size: String(page.size),
      'rows-count': String(count),
      'rows-range-start': String(rangeStart),
      'rows-range-end': String(rangeEnd),
    },
    body: {
      ...(!nonQuery && { data: inflateRawSync(page.deflated).toString('base64') }),
      ...((nonQuery || parameters.length > 0) && { parameters }),
    },
  };
}

/** `GET .../results/{pageNumber}/stream`: only the rows, inflated while they are read. Throws a Refusal 400, 404 or 410. */
export function streamedPage(query: AsyncQuery, number: string, now: number, requestFaults: Faults): Answer {
  const { page } = cachedPage(query, number, now, requestFaults);
  if (query.command.executionMode === 'nonQuery') return { status: 200, body: [] };
  return { status: 200, stream: () => Readable.from([page.deflated]).pipe(createInflateRaw()) };
}

function cachedPage(
  query: AsyncQuery,
  number: string,
  now: number,
  requestFaults: Faults,
): { readonly page: ResultPage; readonly result: PagedResult } {
  if (!/^[1-9]\d{0,8}$/.test(number)) throw new Refusal(400, 'pageNumber must be a whole number from 1.');
  const { result, cached, expired } = query.progress(now, requestFaults);
  const page = result?.pages[Number(number) - 1];
  if (!result || !page || Number(number) > cached) throw unknownResource();
  if (expired) throw new Refusal(410, gone);
  return { page, result };
}
