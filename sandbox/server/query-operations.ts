import { type Answer, Refusal } from './answer.ts';
import { resultPage, streamedPage } from './async/result-page.ts';
import { waitInQueue } from './immediate.ts';
import {
  answerImmediate,
  answerStart,
  answerStatus,
  answerStatuses,
  cancelRegistered,
  findAsync,
  findRegistered,
  register,
} from './query-answers.ts';
import { isWriteQuery } from './query-writes.ts';
import { listRegistered, registeredBody, registeredResult } from './registered/answers.ts';
import type { SiteCall } from './site-calls.ts';
import { guardPractice, guardStart, siteAway } from './site-guard.ts';
import { cataloguesOf } from './sites.ts';

// Rests on assumption S20.

/** One of Halo Cloud's operations on queries. */
export interface QueryOperation {
  readonly method: string;
  /** Behind the GUID. Groups: query id, page number. */
  readonly path: RegExp;
  /** How a call reaches the practice. Absent: Halo Cloud responds by itself. */
  readonly sent?: {
    /** Throws a Refusal when it does not reach the practice. */
    readonly guard: (call: SiteCall) => void | Promise<void>;
    readonly reaches: (call: SiteCall) => boolean;
    /** Whether write faults apply to it. */
    readonly isWrite: (call: SiteCall) => boolean;
  };
  /** A fault that removes the whole endpoint. */
  readonly missing?: string;
  readonly answer: (call: SiteCall, id: string, page: string) => Answer;
}

const isWrite = ({ body }: SiteCall): boolean => isWriteQuery(body);

/** Literal paths come before paths with a query id. */
const operations: readonly QueryOperation[] = [
  {
    method: 'POST',
    path: /^queries\/immediate$/,
    sent: {
      async guard({ site, faults, body }) {
        guardPractice(site, faults);
        await waitInQueue(body, cataloguesOf(site.practice), faults);
      },
      reaches: () => true,
      isWrite,
    },
    answer: answerImmediate,
  },
  {
    method: 'POST',
    path: /^queries\/async$/,
    sent: {
      guard: ({ faults }) => guardStart(faults),
      reaches: ({ site, faults }) => siteAway(site, faults) === null,
      isWrite,
    },
    answer: answerStart,
  },
  { method: 'POST', path: /^queries\/status$/, missing: 'no-status', answer: answerStatuses },
  {
    method: 'POST',
    path: /^queries\/registered$/,
    // Halo Cloud has it from then on, whether the practice's server is there or not.
    sent: { guard: () => {}, reaches: () => true, isWrite: () => true },
    answer: register,
  },
  {
    method: 'GET',
    path: /^queries\/registered$/,
    answer: ({ queries, clock, faults }) => listRegistered(queries.registered, clock.now(), faults),
  },
  {
    method: 'GET',
    path: /^queries\/registered\/([^/]+)$/,
    answer: (call, id) => ({ status: 200, body: registeredBody(findRegistered(call, id), call.clock.now()) }),
  },
  { method: 'DELETE', path: /^queries\/registered\/([^/]+)$/, answer: cancelRegistered },
  {
    method: 'GET',
    path: /^queries\/registered\/([^/]+)\/results$/,
    answer: (call, id) => registeredResult(findRegistered(call, id)),
  },
  { method: 'GET', path: /^queries\/([^/]+)$/, answer: answerStatus },
  {
    method: 'GET',
    path: /^queries\/([^/]+)\/results\/([^/]+)$/,
    answer: (call, id, page) => resultPage(findAsync(call, id), page, call.clock.now(), call.faults),
  },
  {
    method: 'GET',
    path: /^queries\/([^/]+)\/results\/([^/]+)\/stream$/,
    missing: 'no-stream',
    answer: (call, id, page) => streamedPage(findAsync(call, id), page, call.clock.now(), call.faults),
  },
];

/** Which operation a call is, and what its path names. Throws a Refusal 404. */
export function queryOperation({ method, rest, faults }: SiteCall): {
  readonly operation: QueryOperation;
  readonly answer: (call: SiteCall) => Answer;
} {
  for (const operation of operations) {
    const match = operation.method === method ? operation.path.exec(rest) : null;
    if (!match) continue;
    if (operation.missing !== undefined && faults.has(operation.missing)) break;
    const [, id = '', page = ''] = match;
    return { operation, answer: (call) => operation.answer(call, id.toLowerCase(), page) };
  }
  throw new Refusal(404, 'Operation Not Found');
}
