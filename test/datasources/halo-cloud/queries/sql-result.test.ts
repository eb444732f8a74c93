import { describe, expect, it } from 'vitest';
import { readImmediate } from '../../../../src/datasources/halo-cloud/sql/sql-result.ts';
import { failureOf } from '../kit.ts';
import { base64, command, parameter, queryA } from './kit.ts';

const reader = command('SELECT 1');
const scalar = command('SELECT 1', { executionMode: 'scalar' });
const nonQuery = command('UPDATE t SET a = 1', { executionMode: 'nonQuery' });
const answer = (result: object, key = 'result') => ({
  id: queryA,
  status: 'successful',
  metrics: { sqlExecutionDuration: 12 },
  [key]: result,
});

describe('an immediate result', () => {
  it.each(['result', 'results'])('of a reader, in %s', (key) => {
    const rows = [{ ID: 1, NAME: 'Synthetic  ' }, { ID: 2 }];
    expect(readImmediate(answer({ rows: 2, size: 9, data: base64(rows) }, key), reader)).toEqual({
      id: queryA,
      rows,
      rowCount: 2,
      rowsAffected: null,
      outputParameters: [],
      sqlExecutionMs: 12,
    });
  });

  it.each([
    ['a bare value', base64(66), [{ Column1: 66 }]],
    ['a bare text', base64('sixty-six'), [{ Column1: 'sixty-six' }]],
    ['a row', base64([{ N: 66 }]), [{ N: 66 }]],
    ['a list of one value', base64([66]), [{ Column1: 66 }]],
    ['an object', base64({ N: 66 }), [{ N: 66 }]],
    ['nothing', '', []],
  ])('of a scalar that is %s', (_what, data, rows) => {
    expect(readImmediate(answer({ rows: 1, data }), scalar).rows).toEqual(rows);
  });

  it.each([
    [{ rowsAffected: 3, size: 0 }, 3, null],
    [{ rows: 3, size: 0, data: '' }, 3, null],
    [{ rows: 1, data: base64([{ ID: 4 }]) }, 1, [{ ID: 4 }]],
    [{ rowsAffected: 0 }, 0, null],
  ])('of a nonQuery: %j', (result, rowsAffected, rows) => {
    expect(readImmediate(answer(result), nonQuery)).toMatchObject({ rowsAffected, rows });
  });

  it('of a reader that had nothing to read counts what it affected', () => {
    expect(readImmediate(answer({ rowsAffected: 2 }), reader)).toMatchObject({
      rows: null,
      rowCount: null,
      rowsAffected: 2,
    });
  });

  it.each([[{ rows: 2, data: base64([{ ID: 1 }]) }], [{ rows: 1, data: '%%%' }], [{ rows: 'many' }]])(
    'is malformed: %j',
    async (result) => {
      const failure = await failureOf(Promise.resolve().then(() => readImmediate(answer(result), reader)));
      expect(failure.name).toBe('MalformedResponse');
    },
  );
});

describe('output values', () => {
  const encoded = (text: string) => Buffer.from(text, 'utf8').toString('base64');
  const outputs = (...wire: { type?: string; value: string | null; direction?: string }[]) =>
    readImmediate(
      answer({
        rowsAffected: 0,
        parameters: wire.map((one, index) => ({ name: `@p${index}`, direction: 'output', ...one })),
      }),
      nonQuery,
    ).outputParameters.map(({ value }) => value);

  it.each([
    ['a number as it is', [{ type: 'Int', value: '66' }], ['66']],
    ['a number that could be base64', [{ type: 'Int', value: '1234' }], ['1234']],
    ['a number in base64', [{ type: 'Int', value: encoded('66') }], ['66']],
    ['text in base64', [{ type: 'VarChar', value: encoded('Žofie Synthetic') }], ['Žofie Synthetic']],
    ['text as it is', [{ type: 'VarChar', value: 'Smith' }], ['Smith']],
    ['text that looks like base64 and is none', [{ type: 'VarChar', value: 'Test' }], ['Test']],
    ['text that is base64 of no clean text', [{ type: 'VarChar', value: 'Bill' }], ['Bill']],
    ['base64 of what is no number', [{ type: 'Int', value: encoded('abc') }], [encoded('abc')]],
    [
      'text beside a number as it is, though it could be base64',
      [
        { type: 'Int', value: '5' },
        { type: 'VarChar', value: encoded('a b') },
      ],
      ['5', encoded('a b')],
    ],
    [
      'text beside text that is none',
      [
        { type: 'VarChar', value: 'not base64!' },
        { type: 'VarChar', value: encoded('a b') },
      ],
      ['not base64!', encoded('a b')],
    ],
    [
      'a date, a bit and a GUID in base64',
      [
        { type: 'DateTime', value: encoded('2026-11-22T09:15:00') },
        { type: 'Bit', value: encoded('True') },
        { type: 'UniqueIdentifier', value: encoded(queryA) },
      ],
      ['2026-11-22T09:15:00', 'True', queryA],
    ],
    [
      'bytes, which stay base64',
      [
        { type: 'VarBinary', value: encoded('abc') },
        { type: 'Int', value: encoded('1') },
      ],
      [encoded('abc'), '1'],
    ],
    ['nothing', [{ type: 'Int', value: null }], [null]],
    ['an empty text', [{ type: 'VarChar', value: '' }], ['']],
  ])('read %s', (_what, wire, values) => {
    expect(outputs(...wire)).toEqual(values);
  });

  it('leave out what only went in', () => {
    const parameters = [
      { name: '@In', value: '1' },
      { name: '@out', value: '2', type: 'Int' },
      { name: '@in2', value: '3', direction: 'input' },
      { name: '@return', value: '4', direction: 'returnValue', type: 'Int' },
    ];
    const sent = command('p', {
      executionMode: 'nonQuery',
      parameters: [parameter({ name: '@in' }), parameter({ name: '@out', direction: 'output' })],
    });
    expect(readImmediate(answer({ rowsAffected: 0, parameters }), sent).outputParameters).toEqual([
      { name: '@out', value: '2' },
      { name: '@return', value: '4' },
    ]);
  });
});
