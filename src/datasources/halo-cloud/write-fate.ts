import type { Answer } from './answer-error.ts';
import { type CallOutcome, mayHaveReachedPractice } from './charged.ts';
import { type Envelope, errorEnvelope } from './envelope.ts';

/** Answers that turn a request down, whoever gives them. */
const turnedDown: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 406, 409, 410, 412, 415, 422, 429]);
/** SQL Server's errors of a connection that was lost under way, or a session that was ended. */
const lostOnTheWay: ReadonlySet<number> = new Set([64, 121, 233, 258, 596, 10053, 10054, 10060]);

/**
 * Whether an answer that is an error says that a write was not carried out (assumption H10). 504, 413 and what comes from
 * behind the gateway do not: the practice may have done it all the same. Nor does a 503 that is not Halo Cloud's own, which
 * some gateways give when they have waited too long.
 */
export function saysNotDone(answer: Answer): boolean {
  const envelope = errorEnvelope(answer.body);
  const succeeded = answer.status >= 200 && answer.status < 300;
  const status = succeeded ? (envelope?.status ?? answer.status) : answer.status;
  if (status === 504 || status === 413) return false;
  if (envelope?.shape === 'query') return failedInTheDatabase(envelope);
  if (status === 503) return envelope !== undefined;
  return turnedDown.has(status) || (status >= 300 && status < 400);
}

/** Executed and failed, as far as the database says so; a SQL client's timeout has a number below zero. */
function failedInTheDatabase({ errorType, errorCode }: Envelope): boolean {
  if (errorType === 'http' || errorType === 'haloLink' || errorCode === null) return false;
  return errorType === 'fbsql' || (errorCode > 0 && errorCode !== 413 && !lostOnTheWay.has(errorCode));
}

/** Whether a write that failed so has certainly changed nothing. */
export function certainlyNotDone(outcome: CallOutcome): boolean {
  return outcome.notDone || (outcome.status === null && !mayHaveReachedPractice(outcome));
}
