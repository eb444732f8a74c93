import { describe, expect, it } from 'vitest';
import { SqlEngine } from '../../../sandbox/sql/engine.ts';
import { databaseOf } from '../practice-fixture.ts';

const engine = new SqlEngine(databaseOf('9001'), () => '2026-11-23T10:11:12');
const numberOf = (body: () => unknown): unknown => {
  try {
    body();
  } catch (error) {
    return (error as { number?: number }).number;
  }
  return 'no error';
};
const echo = (type: string, value: string | null, size?: number) => {
  const { rows, outputs } = engine.runText('SELECT @v AS v', [
    { name: '@v', type, value, direction: 'inputOutput', size },
  ]);
  return { row: rows[0]?.v, output: outputs[0]?.value };
};

describe('a parameter', () => {
  it.each([
    ['BigInt', '9223372036854775807', '9223372036854775807', '9223372036854775807'],
    ['BigInt', '42', 42, '42'],
    ['Binary', 'AQI=', 'AQI=', 'AQI='],
    ['VarBinary', 'AQI=', 'AQI=', 'AQI='],
    ['Image', 'AQI=', 'AQI=', 'AQI='],
    ['Timestamp', 'AQIDBAUGBwg=', 'AQIDBAUGBwg=', 'AQIDBAUGBwg='],
    ['Bit', 'true', true, 'True'],
    ['Bit', '0', false, 'False'],
    ['Char', 'x ', 'x ', 'x '],
    ['String', 'é', 'é', 'é'],
    ['Xml', '<a/>', '<a/>', '<a/>'],
    ['Date', '2026-01-02T10:00:00', '2026-01-02T00:00:00', '2026-01-02T00:00:00'],
    ['DateTime', '2026-01-02T03:04:05.128', '2026-01-02T03:04:05.127', '2026-01-02T03:04:05.127'],
    [
      'DateTime2',
      '2026-01-02 03:04:05.1234567',
      '2026-01-02T03:04:05.1234567',
      '2026-01-02T03:04:05.1234567',
    ],
    ['DateTimeOffset', '2026-01-02T03:04:05+10:00', '2026-01-02T03:04:05+10:00', '2026-01-02T03:04:05+10:00'],
    ['Time', '10:11', '10:11:00', '10:11:00'],
    ['Decimal', '1.50', 1.5, '1.5'],
    ['Money', '12.3456', 12.3456, '12.3456'],
    ['Float', '1e3', 1000, '1000'],
    ['TinyInt', '255', 255, '255'],
    [
      'UniqueIdentifier',
      '6F9619FF-8B86-D011-B42D-00C04FC964FF',
      '6f9619ff-8b86-d011-b42d-00c04fc964ff',
      '6f9619ff-8b86-d011-b42d-00c04fc964ff',
    ],
    ['Int', null, null, null],
  ])('of type %s, %s, comes back', (type, value, row, output) => {
    expect(echo(type, value)).toEqual({ row, output });
  });

  it.each([
    ['Int', '3000000000', 248],
    ['TinyInt', '256', 244],
    ['SmallInt', '40000', 244],
    ['BigInt', '9223372036854775808', 8115],
    ['Int', 'x', 245],
    ['Bit', 'x', 245],
    ['Decimal', 'x', 8114],
    ['Decimal', '1234567890123456.5', 8115],
    ['Float', '0x10', 8114],
    ['Date', '2026-02-30', 242],
    ['Time', '25:00', 241],
    ['UniqueIdentifier', 'x', 8169],
    ['VarBinary', '???', 8114],
    ['Structured', 'x', 8009],
    ['Udt', 'x', 8009],
    ['Variant', 'x', 8009],
    ['Nope', 'x', 2715],
  ])('of type %s cannot be %s: %i', (type, value, number) => {
    expect(numberOf(() => echo(type, value))).toBe(number);
  });

  it('comes out as the text left it, cut to its size', () => {
    const { outputs, rowsAffected, columns } = engine.runText("SET @o = @i + 1; SELECT @io = @io + 'cdef'", [
      { name: '@i', type: 'Int', value: '41' },
      { name: '@o', type: 'Int', value: '7', direction: 'output' },
      { name: 'io', type: 'NVarChar', value: 'ab', direction: 'inputOutput', size: 3 },
      { name: '@r', type: 'Int', value: null, direction: 'returnValue' },
    ]);
    expect(outputs).toEqual([
      { name: '@o', value: '42' },
      { name: 'io', value: 'abc' },
      { name: '@r', value: null },
    ]);
    expect({ rowsAffected, columns }).toEqual({ rowsAffected: -1, columns: null });
  });

  it('takes the return value of a procedure, and no output that the procedure does not have', () => {
    const given = [
      { name: '@userid', type: 'Int', value: '2' },
      { name: '@aptdate', type: 'Date', value: '2026-11-24' },
      { name: '@apttime', type: 'Int', value: '1' },
    ];
    const result = { name: '@result', type: 'Int', value: null, direction: 'returnValue' };
    const called = engine.runProcedure('dbo.BP_IsAppointmentBooked', [...given, result]);
    expect(called).toMatchObject({
      returnValue: 0,
      outputs: [{ name: '@result', value: '0' }],
      columns: null,
    });
    const out = given.map((each) => ({ ...each, direction: 'output' }));
    expect(numberOf(() => engine.runProcedure('BP_IsAppointmentBooked', out))).toBe(8162);
  });
});

it.each([
  ['0.1 + 0.2', 0.3],
  ['2.0 / 3', 0.666666],
  ['10 / 4.0', 2.5],
  ['CAST(1.255 AS decimal(5, 2))', 1.26],
  ['CAST(CAST(1.5 AS decimal(5, 3)) AS varchar(10))', '1.500'],
  ['CAST(1 AS float) / 3', 0.3333333333333333],
  ['3000000000 / 7', 428571428],
  ['0x0102', 'AQI='],
  ['DATALENGTH(0x0102)', 2],
  ["LEN(REPLICATE('ab', 30000))", 8000],
  ["LEN(REPLICATE(CAST('ab' AS varchar(max)), 30000))", 60000],
  ["LEN(REPLICATE('a', 8000) + 'b')", 8000],
  ["DATEADD(day, 1, CAST('2026-01-02T03:04:05.12' AS datetime2))", '2026-01-03T03:04:05.12'],
])('%s is %j', (expression, expected) => {
  expect(engine.runText(`SELECT ${expression} AS v`, []).rows).toEqual([{ v: expected }]);
});

it.each([
  ['2147483647 + 1', 8115],
  ['9223372036854775807 + 1', 8115],
  ['CAST(300 AS tinyint)', 220],
  ['CAST(1e30 AS int)', 8115],
  ['CAST(GETDATE() AS int)', 529],
  ["CAST('x' AS varbinary(5))", 529],
  ['CAST(1000 AS decimal(3, 0))', 8115],
  ["CAST('x' AS varchar(9000))", 1001],
])('%s is refused: %i', (expression, number) => {
  expect(numberOf(() => engine.runText(`SELECT ${expression} AS v`, []))).toBe(number);
});

it('reads a large result as it comes', () => {
  const sql =
    "DECLARE @n int = 20000; SELECT TOP (@n) a.RECORDID AS id, REPLICATE('x', 1000) AS big FROM dbo.APPOINTMENTS a CROSS JOIN dbo.APPOINTMENTS b";
  const { rows, columns, end } = engine.openText(sql, []);
  let characters = 0;
  for (const { big } of rows) characters += String(big).length;
  expect({ columns, characters }).toEqual({ columns: ['id', 'big'], characters: 20_000_000 });
  expect(end()).toEqual({ columns, rowsAffected: -1, outputs: [], returnValue: null });
});
