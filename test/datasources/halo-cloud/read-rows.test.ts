import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ReadRows, readEach } from '../../../src/engine/rows/read-rows.ts';
import type { RowReader } from '../../../src/engine/rows/row-reader.ts';
import { UpstreamFailed } from '../../../src/errors.ts';
import { engineIsOff } from '../../engine-is-off.ts';
import { failureOf, fakeHalo, guidA, openSqlSite } from './kit.ts';

const columns = ['a', 'b'];
const silent = { unreadable: () => {} };
const nameOf = ([, id]: readonly unknown[]) => ({ table: 'SYNTHETIC', id });

/** Takes each row apart into what its columns hold, and counts how often it was called. */
function counting(agrees?: RowReader<unknown>) {
  const reader = {
    nameOf,
    callCount: 0,
    read([, ...values]: readonly unknown[]) {
      reader.callCount += 1;
      return values.join('/');
    },
    ...(agrees && { agreesWith: (other: RowReader<unknown>) => other === agrees }),
  };
  return reader;
}

const broken: RowReader<string> = {
  nameOf,
  read: ([, a]) => {
    if (a === 3) throw new TypeError('A reader has a bug.');
    return 'fine';
  },
};

/** For which no row is readable. */
const alwaysThrows = () => {
  throw new TypeError('A reader has a bug.');
};

const json = '[{"a":1,"b":"x"},{"a":3,"b":"y"}]';

const isOff = engineIsOff(
  'test/datasources/halo-cloud/read-rows.test.ts',
  'rows are read after JSON.parse, not while they are decoded',
);

describe.skipIf(isOff)('rows that are read as they are decoded', () => {
  test('give what reading them afterwards gives, as expected or not', () => {
    const value = fc.oneof(fc.string(), fc.nat(), fc.boolean(), fc.constant(null), fc.double());
    fc.assert(
      fc.property(fc.array(fc.record({ a: value, b: value })), (rows) => {
        const text = JSON.stringify(rows);
        const first = counting();
        const plain: unknown[] = JSON.parse(text);
        const found = readEach(silent, ReadRows.of(text, columns, first) ?? (plain as []), columns, first);
        expect(found).toEqual(readEach(silent, plain as [], columns, counting()));
      }),
    );
  });

  it('are read once for the first caller, and once more for a caller that joined', () => {
    const first = counting();
    const rows = ReadRows.of(json, columns, first);
    expect(rows?.length).toBe(2);
    expect(rows?.as(silent, first)).toEqual(['1/x', '3/y']);
    expect(first.callCount).toBe(2);
    const second = counting();
    expect(rows?.as(silent, second)).toEqual(['1/x', '3/y']);
    expect(second.callCount).toBe(2);
    const alike = counting(first);
    expect(rows?.as(silent, alike)).toBe(rows?.as(silent, first));
    expect(alike.callCount).toBe(0);
  });

  it('are not read directly when the columns differ', () => {
    expect(ReadRows.of('[{"b":1,"a":2}]', columns, counting())).toBeUndefined();
    expect(ReadRows.of('[{"a":1,"b":2}', columns, counting())).toBeUndefined();
  });

  it('C1: leave out a row for which a reader throws, and are whole for others', () => {
    const rows = ReadRows.of(json, columns, broken);
    expect(rows?.length).toBe(2);
    const reported: unknown[] = [];
    expect(rows?.as({ unreadable: (found) => reported.push(...found) }, broken)).toEqual(['fine']);
    expect(reported).toEqual([{ table: 'SYNTHETIC', id: '3', reason: 'TypeError' }]);
    expect(rows?.as(silent, counting())).toEqual(['1/x', '3/y']);
  });
});

describe('a statement whose rows are read as they are decoded', () => {
  const statement = { text: 'SELECT 1 AS a, 2 AS b', parameters: [], columns };

  async function practices() {
    const { halo, sql, paths } = fakeHalo();
    const sessions = openSqlSite(halo, {
      registry: [{ bpSiteId: '1001', name: 'Synthetic Practice', haloGuid: guidA }],
    });
    const open = () => sessions.session().practice('BEST_PRACTICE', '1001');
    return { sql, requests: paths, first: await open(), second: await open() };
  }

  it('is sent once for two concurrent callers with readers of their own', async () => {
    const { sql, requests, first, second } = await practices();
    sql(guidA, JSON.parse(json));
    const [one, two] = [counting(), counting()];
    const found = await Promise.all([first.sqlEach(statement, one), second.sqlEach(statement, two)]);
    expect(found).toEqual([
      ['1/x', '3/y'],
      ['1/x', '3/y'],
    ]);
    expect([one.callCount, two.callCount]).toEqual([2, 2]);
    expect(requests()).toHaveLength(1);
  });

  it('is not retried when a reader throws, and the connection is not blamed', async () => {
    const { sql, requests, first, second } = await practices();
    sql(guidA, JSON.parse(json));
    const [failure, found] = await Promise.all([
      failureOf(first.sqlEach(statement, { nameOf, read: alwaysThrows })),
      second.sqlEach(statement, counting()),
    ]);
    expect(failure).toBeInstanceOf(UpstreamFailed);
    expect(found).toEqual(['1/x', '3/y']);
    expect(requests()).toHaveLength(1);
  });

  it('does not share a call with a statement without a reader', async () => {
    const { sql, requests, first, second } = await practices();
    sql(guidA, JSON.parse(json), 2);
    const found = await Promise.all([first.sqlEach(statement, counting()), second.sql(statement)]);
    expect(found).toEqual([['1/x', '3/y'], JSON.parse(json)]);
    expect(requests()).toHaveLength(2);
  });
});
