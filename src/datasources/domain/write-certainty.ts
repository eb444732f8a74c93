/**
 * Decides from a response whether a write was executed (assumption H10). SQL Passthrough runs a batch without a transaction,
 * so an error undoes only the statement that failed. A procedure that raises an error may have written before. Only errors
 * of the call itself, which name the called procedure, prove that nothing was written. A FHIR server that refuses a request
 * has not executed it.
 */
import { loginErrors } from './login-errors.ts';

/**
 * `UNKNOWN`: the write may have reached the practice, or may still reach it. `LOOK`: it has ended, and a read shows
 * its effect.
 */
export type WriteCertainty = 'WRITTEN' | 'NOT_WRITTEN' | 'LOOK' | 'UNKNOWN';

/** The response to a write, or its absence. */
export type WriteResponse =
  /** No response: the code of the failed connection, or `aborted`. `connected` is false where no connection was made. */
  | { readonly kind: 'none'; readonly connected: boolean }
  /** A successful status with a body that cannot be read. */
  | { readonly kind: 'malformed' }
  /** An error of Halo Cloud, of a gateway, or of a FHIR server. */
  | {
      readonly kind: 'http';
      readonly status: number;
      /** Whether the body is an error in one of Halo Cloud's envelopes, or an OperationOutcome. */
      readonly enveloped: boolean;
    }
  /** A SQL query that failed. */
  | {
      readonly kind: 'query';
      readonly status: number;
      readonly errorType: string;
      readonly errorCode: number | null;
      /** Whether the error's text names the procedure that was called. */
      readonly namesProcedure: boolean;
    }
  /** The row that our own batch selects at its end. */
  | {
      readonly kind: 'row';
      /** Our batch did not call the procedure. */
      readonly called: boolean;
      /** The return value of the procedure. Null if it returned nothing, or a value without a meaning. */
      readonly returned: number | null;
      /** Whether the same batch, after the call, found the written values. */
      readonly found: boolean;
    };

type Kind<K extends WriteResponse['kind']> = Extract<WriteResponse, { readonly kind: K }>;

interface Row {
  /** The name of the response in a message. */
  readonly cameBack: string;
  readonly certainty: WriteCertainty;
  readonly holds: (response: WriteResponse) => boolean;
}

function row<K extends WriteResponse['kind']>(
  cameBack: string,
  kind: K,
  certainty: WriteCertainty,
  holds: (response: Kind<K>) => boolean = () => true,
): Row {
  return { cameBack, certainty, holds: (response) => response.kind === kind && holds(response as Kind<K>) };
}

/** Statuses that refuse a request, from any server. 428 requires a version. 412 means that the version has changed. */
const refusals: ReadonlySet<number> = new Set([
  400, 401, 403, 404, 405, 406, 409, 410, 412, 415, 422, 428, 429,
]);
/** Missing procedure, no permission, a parameter that is missing, too many arguments, an unknown parameter. */
const callErrors: ReadonlySet<number | null> = new Set([2812, 229, 201, 8144, 8145]);
/** Errors of a connection that was lost, or a session that was ended, while the batch may have been running. */
const lostSession: ReadonlySet<number | null> = new Set([64, 121, 233, 258, 596, 10053, 10054, 10060]);
const fromDatabase = ({ errorType }: Kind<'query'>) => errorType !== 'http' && errorType !== 'haloLink';
const numbered = ({ errorCode }: Kind<'query'>) =>
  errorCode !== null && errorCode > 0 && errorCode !== 413 && !lostSession.has(errorCode);

/** The first row that holds decides. */
export const writeCertaintyTable: readonly Row[] = [
  row('no connection was made', 'none', 'NOT_WRITTEN', ({ connected }) => !connected),
  row('the connection broke off, or the deadline passed', 'none', 'UNKNOWN'),
  row('a 2xx that cannot be read', 'malformed', 'UNKNOWN'),

  row('504: no response in time', 'query', 'UNKNOWN', ({ status }) => status === 504),
  row('413: the batch ran, its result is too large', 'query', 'UNKNOWN', ({ status }) => status === 413),
  row(
    'SQL Server refuses the login',
    'query',
    'NOT_WRITTEN',
    (query) => fromDatabase(query) && loginErrors.has(query.errorCode),
  ),
  row(
    'an error of the call itself, which names the procedure',
    'query',
    'NOT_WRITTEN',
    (query) => fromDatabase(query) && callErrors.has(query.errorCode) && query.namesProcedure,
  ),
  row('any other error of the database', 'query', 'LOOK', (query) => fromDatabase(query) && numbered(query)),
  row('an error of the transfer, of Halo Link, or of a lost session', 'query', 'UNKNOWN'),

  row('504: no response in time', 'http', 'UNKNOWN', ({ status }) => status === 504),
  row('413: the batch ran, its result is too large', 'http', 'UNKNOWN', ({ status }) => status === 413),
  row(
    '503 in an envelope of Halo Cloud: the site is away',
    'http',
    'NOT_WRITTEN',
    ({ status, enveloped }) => status === 503 && enveloped,
  ),
  row('503 of a gateway', 'http', 'UNKNOWN', ({ status }) => status === 503),
  row('a redirection', 'http', 'NOT_WRITTEN', ({ status }) => status >= 300 && status < 400),
  row('a refusal', 'http', 'NOT_WRITTEN', ({ status }) => refusals.has(status)),
  row('any other status', 'http', 'UNKNOWN'),

  row('the batch did not call the procedure', 'row', 'NOT_WRITTEN', ({ called }) => !called),
  row('the values of the write are there', 'row', 'WRITTEN', ({ found }) => found),
  row('the procedure returned an id', 'row', 'WRITTEN', ({ returned }) => returned !== null && returned > 0),
  row('the procedure returned no id, and the values of the write are not there', 'row', 'NOT_WRITTEN'),
];

export function writeCertainty(response: WriteResponse): WriteCertainty {
  return writeCertaintyTable.find(({ holds }) => holds(response))?.certainty ?? 'UNKNOWN';
}
