import { describe, expect, it } from 'vitest';
import {
  type WriteCertainty,
  type WriteResponse,
  writeCertainty,
  writeCertaintyTable,
} from '../../src/datasources/domain/write-certainty.ts';

const http = (status: number, enveloped = true): WriteResponse => ({ kind: 'http', status, enveloped });
const query = (errorType: string, errorCode: number | null, namesProcedure = false, status = 400) =>
  ({ kind: 'query', status, errorType, errorCode, namesProcedure }) as const;
const row = (called: boolean, returned: number | null, found: boolean) =>
  ({ kind: 'row', called, returned, found }) as const;

/** Responses, in the order of the table. */
const cases: readonly (readonly [WriteResponse, WriteCertainty])[] = [
  [{ kind: 'none', connected: false }, 'NOT_WRITTEN'],
  [{ kind: 'none', connected: true }, 'UNKNOWN'],
  [{ kind: 'malformed' }, 'UNKNOWN'],
  [query('mssql', 1205, false, 504), 'UNKNOWN'],
  [query('http', 413, false, 413), 'UNKNOWN'],
  [query('mssql', 18456), 'NOT_WRITTEN'],
  ...[2812, 229, 201, 8144, 8145].map((code) => [query('mssql', code, true), 'NOT_WRITTEN'] as const),
  ...[2812, 229, 201, 8144, 8145, 547, 2628, 1205, 50000].map(
    (code) => [query('mssql', code), 'LOOK'] as const,
  ),
  ...[547, 2628, 1205, 50000].map((code) => [query('mssql', code, true), 'LOOK'] as const),
  [query('haloLink', 2812, true), 'UNKNOWN'],
  [query('mssql', 10054, true), 'UNKNOWN'],
  [query('mssql', -2), 'UNKNOWN'],
  [query('mssql', null), 'UNKNOWN'],
  [http(504), 'UNKNOWN'],
  [http(413), 'UNKNOWN'],
  [http(503), 'NOT_WRITTEN'],
  [http(503, false), 'UNKNOWN'],
  [http(302), 'NOT_WRITTEN'],
  ...[400, 401, 403, 404, 405, 406, 409, 410, 412, 415, 422, 428, 429].map(
    (status) => [http(status), 'NOT_WRITTEN'] as const,
  ),
  [http(500), 'UNKNOWN'],
  [http(502), 'UNKNOWN'],
  [http(408), 'UNKNOWN'],
  [row(false, null, false), 'NOT_WRITTEN'],
  [row(true, 0, true), 'WRITTEN'],
  [row(true, 12, false), 'WRITTEN'],
  [row(true, 0, false), 'NOT_WRITTEN'],
  [row(true, null, false), 'NOT_WRITTEN'],
  [row(true, -1, false), 'NOT_WRITTEN'],
];

describe('the table of write certainty', () => {
  it.each(cases)('D3 D5: %j is %s', (response, certainty) => {
    expect(writeCertainty(response)).toBe(certainty);
  });

  it('decides each response by one row, and each row has a case here', () => {
    const rowOf = (response: WriteResponse) => writeCertaintyTable.findIndex(({ holds }) => holds(response));
    expect([...new Set(cases.map(([response]) => rowOf(response)))]).toEqual(
      writeCertaintyTable.map((_row, index) => index),
    );
  });
});
