import { describe, expect, it } from 'vitest';
import type { CallKind } from '../../../src/datasources/halo-cloud/transport/call-kind.ts';
import { responseError } from '../../../src/datasources/halo-cloud/transport/response-error.ts';
import { haloErrorTable } from '../../../src/error-codes.ts';
import { guidA } from './kit.ts';

const secret = 'Invented Person 0491 570 006';
const wrapped = (status: number, message: string) => ({ error: { status, statusText: 'x', message } });
const unwrapped = (status: number, message: string) => ({ status, statusText: 'x', message });
const gateway = (statusCode: number, message: string) => ({ statusCode, message });
const failedQuery = (errorType: string, errorCode: number) => ({
  id: 'q',
  status: 'executionFailed',
  errorDetails: { errorType, errorCode, errorMessage: `Conversion failed: '${secret}'.` },
  errorCode,
  errorMessage: `Conversion failed: '${secret}'.`,
});
const outcome = {
  resourceType: 'OperationOutcome',
  issue: [
    {
      severity: 'fatal',
      code: 'exception',
      details: { coding: [{ system: 's', code: '5003' }], text: secret },
    },
  ],
};

function errorOf(kind: CallKind, status: number, body: unknown, headers = {}) {
  const haloGuid = kind === 'sites' ? null : guidA;
  return responseError({ kind, haloGuid }, { status, headers, body }, Date.UTC(2026, 10, 22, 7, 0, 0));
}

describe('responseError', () => {
  it.each([
    ['wrapped', wrapped],
    ['unwrapped', unwrapped],
    ["the gateway's", gateway],
  ])('reads the %s envelope alike', (_shape, envelope) => {
    expect(errorOf('sql', 401, envelope(401, 'no key'))).toMatchObject({
      code: 'ACCESS_DENIED',
      reason: 'SUBSCRIPTION_KEY_REJECTED',
    });
    expect(errorOf('sql', 403, envelope(403, 'Caller Ip Not Allowed'))).toMatchObject({
      name: 'Forbidden',
      haloGuid: guidA,
      reason: 'CALLER_IP_NOT_ALLOWED',
    });
    expect(errorOf('sql', 504, envelope(504, 'Site is unreachable'))).toMatchObject({
      code: 'SITE_UNAVAILABLE',
      availability: 'UNREACHABLE',
    });
    // The same inside a 200.
    expect(errorOf('sql', 200, envelope(429, 'Rate Limit Exceeded'))).toMatchObject({ code: 'RATE_LIMITED' });
  });

  it.each([
    [
      'sites',
      404,
      wrapped(404, 'Operation Not Found'),
      { code: 'UPSTREAM_FAILED', httpStatus: 404, retryable: false },
    ],
    ['site', 404, wrapped(404, 'x'), { code: 'NOT_FOUND' }],
    ['sql', 404, wrapped(404, 'x'), { code: 'UPSTREAM_FAILED', httpStatus: 404 }],
    ['sites', 403, wrapped(403, 'Quota exceeded'), { code: 'ACCESS_DENIED', reason: 'QUOTA_EXCEEDED' }],
    ['sql', 403, wrapped(403, 'No active pairing'), { name: 'Forbidden', reason: 'NOT_PAIRED' }],
    ['sql', 403, wrapped(403, 'missing subscription key'), { name: 'Forbidden', reason: 'UNKNOWN' }],
    ['sql', 413, wrapped(413, 'x'), { code: 'RESULT_TOO_LARGE' }],
    ['sql', 400, failedQuery('http', 413), { code: 'RESULT_TOO_LARGE' }],
    ['sql', 400, failedQuery('mssql', 413), { code: 'PMS_ERROR', errorType: 'mssql', errorCode: 413 }],
    ['sql', 400, failedQuery('mssql', 208), { code: 'PMS_ERROR', errorType: 'mssql', errorCode: 208 }],
    ['sql', 400, failedQuery('fbsql', -204), { code: 'PMS_ERROR', errorType: 'fbsql', errorCode: -204 }],
    [
      'sql',
      400,
      { errorCode: 2812, errorMessage: secret },
      { code: 'PMS_ERROR', errorType: 'unknown', errorCode: 2812 },
    ],
    ['sql', 200, failedQuery('mssql', 229), { code: 'PMS_ERROR', errorCode: 229 }],
    ['sql', 200, { status: 'executionFailed' }, { code: 'PMS_ERROR', errorType: 'unknown', errorCode: null }],
    [
      'sql',
      400,
      wrapped(400, 'Malformed SQL'),
      { code: 'UPSTREAM_FAILED', httpStatus: 400, retryable: false },
    ],
    ['sql', 500, wrapped(500, 'CosmosDB'), { code: 'UPSTREAM_FAILED', httpStatus: 500, retryable: true }],
    ['sql', 502, undefined, { code: 'UPSTREAM_FAILED', httpStatus: 502 }],
    [
      'sql',
      503,
      wrapped(503, 'Site could not be contacted'),
      { code: 'SITE_UNAVAILABLE', availability: 'OFFLINE', haloGuid: guidA },
    ],
    [
      'sql',
      503,
      wrapped(503, 'Site is unreachable'),
      { code: 'SITE_UNAVAILABLE', availability: 'UNREACHABLE' },
    ],
    ['sql', 503, undefined, { code: 'SITE_UNAVAILABLE', availability: null }],
    ['sql', 504, wrapped(504, 'Site is offline'), { code: 'SITE_UNAVAILABLE', availability: 'OFFLINE' }],
    [
      'sql',
      504,
      wrapped(504, 'Query took more than 30 seconds to return a result.'),
      { code: 'QUERY_TIMED_OUT' },
    ],
    ['sites', 504, undefined, { code: 'UPSTREAM_FAILED', httpStatus: 504 }],
    [
      'fhir',
      400,
      outcome,
      { code: 'UPSTREAM_FAILED', httpStatus: 400, detail: expect.stringContaining('exception 5003') },
    ],
    ['fhir', 200, outcome, { code: 'UPSTREAM_FAILED', httpStatus: 200 }],
    ['fhir', 403, outcome, { name: 'Forbidden' }],
    ['sites', 302, undefined, { code: 'UPSTREAM_FAILED', httpStatus: 302 }],
  ] as const)('%s %i %j', (kind, status, body, expected) => {
    const error = errorOf(kind, status, body);
    expect(error).toMatchObject(expected);
    expect(JSON.stringify({ ...error, message: error?.message, cause: error?.cause })).not.toContain(secret);
    if (error && 'code' in error) {
      expect(error.message).toBe(haloErrorTable[error.code as keyof typeof haloErrorTable].message);
    }
  });

  it.each([
    ['12', 12],
    ['1.2', 2],
    ['Sun, 22 Nov 2026 07:00:30 GMT', 30],
    ['Sun, 22 Nov 2026 06:00:00 GMT', 0],
    ['Sunday, 22-Nov-26 07:00:30 GMT', 30],
    ['Sun Nov 22 07:00:30 2026', 30],
    ['2026-11-22T07:00:30Z', 30],
    ['86401', 86_400],
    ['4294967296', 86_400],
    ['9'.repeat(400), 86_400],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400],
    ['9999-12-31T23:59:59Z', 86_400],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    ['+5', null],
    ['in 5 minutes', null],
    ['1e9', null],
    ['0x10', null],
    ['NaN', null],
    ['Infinity', null],
    ['Sun, 99 Nov 2026 99:99:99 GMT', null],
    [undefined, null],
  ])('E9: reads Retry-After %s', (header, seconds) => {
    const headers = { 'retry-after': header };
    expect(errorOf('sql', 429, undefined, headers)).toMatchObject({ retryAfterSeconds: seconds });
    expect(errorOf('sql', 503, undefined, headers)).toMatchObject({ retryAfterSeconds: seconds });
  });

  it.each([
    [
      'a successful query',
      { status: 'successful', errorCode: null, errorMessage: null, result: { rows: 0 } },
    ],
    ['a site', { id: guidA, status: 'active', error: null }],
    ['a resource', { resourceType: 'Bundle', status: 500 }],
    ['an array', []],
  ])('sees no error in %s', (_what, body) => {
    expect(errorOf('sql', 200, body)).toBeUndefined();
  });
});
