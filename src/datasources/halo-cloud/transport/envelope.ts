/**
 * The shapes of Halo Cloud's errors, all observed or documented: the general envelope, wrapped in `error` or bare; the API
 * gateway's `{ statusCode, message }`; a failed query (`errorDetails`, or the older fields at the top level); and FHIR's
 * OperationOutcome. Each also occurs inside a 200.
 *
 * The texts are only matched against patterns and never passed on, because they may quote the request.
 */
import type { AccessDeniedReason } from '../../../errors.ts';

export interface Envelope {
  readonly shape: 'general' | 'query' | 'outcome';
  /** The HTTP status that the body names. */
  readonly status: number | null;
  readonly text: string;
  /** For a failed query: `http`, `mssql`, `fbsql` or `haloLink`, else `unknown`. */
  readonly errorType: string;
  /** For a failed query. */
  readonly errorCode: number | null;
  /** For an OperationOutcome: issue types and coding codes, for the log. */
  readonly codes: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;
const errorTypes: ReadonlySet<unknown> = new Set(['http', 'mssql', 'fbsql', 'haloLink']);
const nothing = { status: null, text: '', errorType: 'unknown', errorCode: null, codes: [] };

/** The error in a parsed body; undefined when the body is no error. */
export function errorEnvelope(body: unknown): Envelope | undefined {
  if (!isFields(body)) return undefined;
  if (body.resourceType === 'OperationOutcome') return outcome(body);
  if (typeof body.resourceType === 'string') return undefined;
  return failedQuery(body) ?? general(body);
}

/** The availability that the text names; null when it names none (assumption H4). */
export function availabilityNamed(text: string): 'OFFLINE' | 'UNREACHABLE' | null {
  if (/unreachable/i.test(text)) return 'UNREACHABLE';
  return /offline/i.test(text) ? 'OFFLINE' : null;
}

/** The cause of a 403 that the text names, else UNKNOWN (assumption H5). */
export function reasonNamed(text: string): AccessDeniedReason {
  if (/\bip\b/i.test(text)) return 'CALLER_IP_NOT_ALLOWED';
  if (/quota/i.test(text)) return 'QUOTA_EXCEEDED';
  return /\b(un)?pair/i.test(text) ? 'NOT_PAIRED' : 'UNKNOWN';
}

function failedQuery(body: Fields): Envelope | undefined {
  const details = isFields(body.errorDetails) ? body.errorDetails : undefined;
  const failed =
    details ?? (body.status === 'executionFailed' || textOf(body.errorMessage) ? body : undefined);
  if (!failed) return undefined;
  return {
    ...nothing,
    shape: 'query',
    text: textOf(failed.errorMessage),
    errorType: errorTypes.has(failed.errorType) ? String(failed.errorType) : 'unknown',
    errorCode: int32(failed.errorCode ?? body.errorCode),
  };
}

function general(body: Fields): Envelope | undefined {
  if (typeof body.error === 'string') return { ...nothing, shape: 'general', text: body.error };
  if (isFields(body.error)) {
    return {
      ...nothing,
      shape: 'general',
      status: int32(body.error.status),
      text: textOf(body.error.message),
    };
  }
  const status = int32(body.status ?? body.statusCode);
  if (status === null || status < 400) return undefined;
  return { ...nothing, shape: 'general', status, text: textOf(body.message) };
}

function outcome(body: Fields): Envelope {
  const issues = (Array.isArray(body.issue) ? body.issue : []).filter(isFields);
  const codings = issues.flatMap(({ details }) =>
    isFields(details) && Array.isArray(details.coding) ? details.coding.filter(isFields) : [],
  );
  return {
    ...nothing,
    shape: 'outcome',
    text: issues
      .map(
        (issue) =>
          `${isFields(issue.details) ? textOf(issue.details.text) : ''} ${textOf(issue.diagnostics)}`,
      )
      .join(' '),
    codes: [...issues, ...codings]
      .map(({ code }) => textOf(code))
      .filter((code) => /^[\w-]{1,40}$/.test(code)),
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function int32(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && (number | 0) === number ? number : null;
}
