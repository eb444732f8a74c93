/**
 * Halo Cloud's ways of saying that something went wrong, all of them seen or documented: the general envelope wrapped in
 * `error` or bare, the API gateway's own `{ statusCode, message }`, a failed query (`errorDetails`, or the older fields at
 * the top), and FHIR's OperationOutcome; each also inside a 200.
 *
 * The texts are read for what they name and go no further: they may quote what was asked.
 */
import type { AccessDeniedReason } from '../../../errors.ts';

export interface Envelope {
  readonly shape: 'general' | 'query' | 'outcome';
  /** The HTTP status that the body itself gives. */
  readonly status: number | null;
  readonly text: string;
  /** Of a failed query: `http`, `mssql`, `fbsql` or `haloLink`, else `unknown`. */
  readonly errorType: string;
  /** Of a failed query. */
  readonly errorCode: number | null;
  /** Of an OperationOutcome: issue types and coding codes, for the log. */
  readonly codes: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;
const errorTypes: ReadonlySet<unknown> = new Set(['http', 'mssql', 'fbsql', 'haloLink']);
const nothing = { status: null, text: '', errorType: 'unknown', errorCode: null, codes: [] };

/** The error that a parsed body is, or undefined when it is none. */
export function errorEnvelope(body: unknown): Envelope | undefined {
  if (!isFields(body)) return undefined;
  if (body.resourceType === 'OperationOutcome') return outcome(body);
  if (typeof body.resourceType === 'string') return undefined;
  return failedQuery(body) ?? general(body);
}

/** A site's availability as far as the text names it (assumption H4). */
export function availabilityNamed(text: string): 'OFFLINE' | 'UNREACHABLE' | null {
  if (/unreachable/i.test(text)) return 'UNREACHABLE';
  return /offline/i.test(text) ? 'OFFLINE' : null;
}

/** The cause of a 403 as far as the text names it (assumption H5). */
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
