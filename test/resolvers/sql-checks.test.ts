/** Input that is rejected before a request, and input that is accepted. */
import { describe, expect, test } from 'vitest';
import { RateLimited } from '../../src/errors.ts';
import { InputCheck } from '../../src/resolvers/check-input.ts';
import { readCommand } from '../../src/resolvers/sql/sql-command.ts';
import { sqlTypes } from '../../src/resolvers/sql/sql-values.ts';
import { guid } from './fake-halo.ts';
import { documents, fakeSqlHalo, otherGuid } from './fake-sql-site.ts';

const site = { bpSiteId: '1001' };
const text = 'SELECT @a AS A';

async function issuesOf(command: object, input: object = {}): Promise<string[]> {
  const { one, sent } = fakeSqlHalo();
  const answer = await one(documents.run, { input: { site, command: { text, ...command }, ...input } });
  if (answer.__typename === 'InvalidInput') expect(sent).toEqual([]);
  else expect(sent).toHaveLength(1);
  return (answer.issues ?? []).map(
    ({ path, message }: { path: string[]; message: string }) => `${path.join('.')}: ${message}`,
  );
}
const parameter = (given: object) => issuesOf({ parameters: [{ name: '@a', ...given }] });
const only = (path: string, fault: RegExp) => [
  expect.stringMatching(new RegExp(`^${path}: .*${fault.source}`)),
];

describe('a command', () => {
  test('every fault of the input is reported at once', async () => {
    const issues = await issuesOf(
      {
        text: '  ',
        catalogue: '',
        parameters: [
          { name: 'a', type: 'int' },
          { name: '@b', type: 'Int', value: 'x' },
        ],
      },
      { site: { bpSiteId: '' }, maxTimeInQueueMs: -1 },
    );
    expect(issues.map((issue) => issue.split(':')[0])).toEqual([
      'input.site.bpSiteId',
      'input.command.text',
      'input.command.catalogue',
      'input.command.parameters.0.name',
      'input.command.parameters.0.type',
      'input.command.parameters.1.value',
      'input.maxTimeInQueueMs',
    ]);
  });

  test('is at most half a million characters long', () => {
    const issues = (length: number) => {
      const check = new InputCheck();
      readCommand(check, { text: 'x'.repeat(length), type: 'text', executionMode: 'reader' });
      return check.failed;
    };
    expect([issues(500_000), issues(500_001)]).toEqual([false, true]);
  });

  test.each([[0], [60_000]])('may wait %i ms', async (maxTimeInQueueMs) => {
    expect(await issuesOf({}, { maxTimeInQueueMs })).toEqual([]);
  });

  test.each([[-1], [60_001]])('may not wait %i ms', async (maxTimeInQueueMs) => {
    expect(await issuesOf({}, { maxTimeInQueueMs })).toEqual(only('input.maxTimeInQueueMs', /60000/));
  });

  test('is sent to a known database of the site', async () => {
    const catalogues = [{ name: 'Sample', isDefault: true }];
    const execute = async (ref: object, record: object, catalogue: string) => {
      const { one, sent } = fakeSqlHalo({ record });
      const answer = await one(documents.run, { input: { site: ref, command: { text, catalogue } } });
      return [answer.__typename, sent.length];
    };
    expect(await execute({ haloGuid: guid }, { catalogues }, 'Sample')).toEqual(['RunSqlPayload', 1]);
    expect(await execute({ haloGuid: guid }, { catalogues }, 'Other')).toEqual(['InvalidInput', 0]);
    expect(await execute({ haloGuid: guid }, { catalogues: [] }, 'Other')).toEqual(['RunSqlPayload', 1]);
    expect(await execute(site, { catalogues }, 'Sample')).toEqual(['RunSqlPayload', 1]);
    expect(await execute(site, { catalogues }, 'Other')).toEqual(['InvalidInput', 0]);
    const unknown = fakeSqlHalo({ siteFails: new RateLimited(1) });
    const answer = await unknown.one(documents.run, {
      input: { site, command: { text, catalogue: 'Other' } },
    });
    expect(answer.__typename).toBe('RunSqlPayload');
  });
});

describe('the target', () => {
  const run = (variables: object) => fakeSqlHalo().execute(documents.run, variables);
  const command = { text };

  test.each([
    ['neither', {}],
    ['both', { bpSiteId: '1001', haloGuid: guid }],
    ['null', { bpSiteId: null }],
  ])('%s of the two is no operation', async (_which, ref) => {
    const answer = await run({ input: { site: ref, command } });
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toHaveLength(1);
  });

  test('a Halo GUID that is none, and ids of something else', async () => {
    const id = (text: string) => Buffer.from(text).toString('base64');
    for (const ref of [
      { haloGuid: 'x' },
      { bpSiteId: id('User:BEST_PRACTICE:1001:3') },
      { bpSiteId: id(`SqlQuery:GUID:${guid}:${guid}`) },
    ]) {
      const answer = await run({ input: { site: ref, command } });
      expect(answer.data.runSql.issues).toMatchObject([{ path: ['input', 'site', Object.keys(ref)[0]] }]);
    }
  });

  test('by Bp Site ID, by the global id of a practice of any PMS, and by GUID', async () => {
    const { execute, sent } = fakeSqlHalo();
    for (const ref of [
      site,
      { bpSiteId: Buffer.from('Practice:ZEDMED:ZED-2001').toString('base64') },
      { haloGuid: otherGuid.toUpperCase() },
    ]) {
      expect((await execute(documents.run, { input: { site: ref, command } })).data.runSql.__typename).toBe(
        'RunSqlPayload',
      );
    }
    expect(sent.map(({ haloGuid }) => haloGuid)).toEqual([guid, guid, otherGuid]);
  });
});

describe('a parameter', () => {
  test.each(['@a', '@patient_ID2', '@1', '@größe', `@${'x'.repeat(127)}`])(
    'may be called %s',
    async (name) => {
      expect(await issuesOf({ parameters: [{ name }] })).toEqual([]);
    },
  );

  test.each(['', 'a', '@', '@@a', '@a b', '@a;', `@${'x'.repeat(128)}`])(
    'may not be called %j',
    async (name) => {
      expect(await issuesOf({ parameters: [{ name }] })).toEqual(
        only('input.command.parameters.0.name', /such as /),
      );
    },
  );

  test('is named once, whatever its case', async () => {
    expect(await issuesOf({ parameters: [{ name: '@a' }, { name: '@A' }] })).toEqual(
      only('input.command.parameters.1.name', /Another/),
    );
  });

  test('E10: there are at most 2,098: sp_executesql takes two of SQL Server’s 2,100', async () => {
    const parameters = Array.from({ length: 2_099 }, (_, index) => ({ name: `@p${index}` }));
    expect(await issuesOf({ parameters })).toEqual(only('input.command.parameters', /2,098/));
    expect(await issuesOf({ parameters: parameters.slice(1) })).toEqual([]);
  });

  test('I2: of 2,098 wrong ones the first 50 issues are reported', async () => {
    const parameters = Array.from({ length: 2_098 }, () => ({
      name: 'wrong',
      type: 'wrong',
      direction: 'OUTPUT',
    }));
    const issues = await issuesOf({ parameters });
    expect(issues).toHaveLength(50);
    expect(issues.slice(0, 2)).toEqual([
      expect.stringContaining('input.command.parameters.0.name'),
      expect.stringContaining('input.command.parameters.0.type'),
    ]);
  });

  test('has a type as Halo Cloud spells it', async () => {
    for (const type of sqlTypes) expect(await parameter({ type })).toEqual([]);
    expect(sqlTypes).toHaveLength(32);
    for (const type of ['int', 'INT', 'Integer', '', 'toString', '__proto__']) {
      expect(await parameter({ type })).toEqual(only('input.command.parameters.0.type', /NVarChar/));
    }
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['Int', ['0', '-1', '+7', ' 42 ', '2147483647', '-2147483648'], ['', 'x', '1.5', '1e3', '2147483648']],
    ['TinyInt', ['0', '255'], ['-1', '256']],
    ['SmallInt', ['-32768', '32767'], ['32768']],
    ['BigInt', ['9223372036854775807'], ['9223372036854775808', '9'.repeat(400)]],
    ['Bit', ['0', '1', 'true', 'False'], ['2', 'yes', '']],
    ['Decimal', ['1', '-1.50', '.5', '5.'], ['1,5', '.', '1e3', 'NaN']],
    ['Float', ['1', '1.5e-7', '-2E10'], ['NaN', 'Infinity', '1e']],
    ['Money', ['12.50', '$1,000.00', '-3'], ['twelve', '']],
    [
      'Date',
      ['2026-11-23', '20261123', '2026-11-23T09:15:00'],
      ['23/11/2026', '2026-02-30', '2026', '20261341'],
    ],
    [
      'DateTime',
      ['2026-11-23', '2026-11-23T09:15', '2026-11-23 09:15:00.123', '20261123 09:15:00'],
      ['2026-11-23T24:15:00', '2026-11-23T09:15:00+10:30', '2026-11-23T09:15:00Z', 'now'],
    ],
    ['DateTimeOffset', ['2026-11-23T09:15:00+10:30', '2026-11-23T09:15:00Z'], ['2026-11-23T09:15:00+1030']],
    ['Time', ['09:15', '23:59:59.9999999'], ['24:00', '9:15', '09:60']],
    ['UniqueIdentifier', [guid, `{${guid.toUpperCase()}}`], [`{${guid}`, '123']],
    ['NVarChar', ['', "'; DROP TABLE x --"], []],
  ])('a value of type %s', async (type, good, bad) => {
    for (const value of good) expect(await parameter({ type, value }), value).toEqual([]);
    for (const value of bad) {
      const issues = await parameter({ type, value });
      expect(issues, value).toEqual(only('input.command.parameters.0.value', /This value is not/));
    }
    expect(await parameter({ type, value: null })).toEqual([]);
  });

  test('no message repeats what was sent', async () => {
    const { request } = fakeSqlHalo();
    const parameters = [
      { name: 'Bartholomew', value: 'Sample1', type: 'Int' },
      { name: '@a', value: 'Sample2', type: 'Wattle' },
      { name: '@b', value: 'Sample3', type: 'Date', size: -987654 },
    ];
    const command = { text: '', parameters, catalogue: ' ' };
    const answer = await request({
      query: documents.run,
      variables: { input: { site: { haloGuid: 'Jacaranda' }, command } },
    });
    const body = await answer.text();
    expect(body).toContain('INVALID_INPUT');
    expect(body).not.toMatch(/Bartholomew|Sample\d|Wattle|Jacaranda|987654/);
  });

  const procedure = { text: 'BP_Sample', type: 'STORED_PROCEDURE' };
  const outgoing = (given: object) => issuesOf({ ...procedure, parameters: [{ name: '@a', ...given }] });

  test('of output direction has a size if its type needs one', async () => {
    for (const direction of ['OUTPUT', 'INPUT_OUTPUT']) {
      for (const type of ['NVarChar', 'VarBinary', 'String', undefined]) {
        expect(await outgoing({ direction, type })).toEqual(
          only('input.command.parameters.0.size', /size in bytes/),
        );
        expect(await outgoing({ direction, type, size: 40 })).toEqual([]);
      }
      expect(await outgoing({ direction, type: 'Int' })).toEqual([]);
    }
    expect(await outgoing({ type: 'NVarChar' })).toEqual([]);
    expect(await outgoing({ type: 'NVarChar', size: 0 })).toEqual(
      only('input.command.parameters.0.size', /1 byte/),
    );
  });

  test('that only comes out takes no value', async () => {
    for (const direction of ['OUTPUT', 'RETURN_VALUE']) {
      expect(await outgoing({ direction, type: 'Int', value: '1' })).toEqual(
        only('input.command.parameters.0.value', /INPUT_OUTPUT/),
      );
    }
    expect(await outgoing({ direction: 'INPUT_OUTPUT', type: 'Int', value: '1' })).toEqual([]);
  });

  test('with a return value belongs to a stored procedure, which has one, an Int', async () => {
    const returned = { name: '@r', direction: 'RETURN_VALUE' };
    expect(await issuesOf({ parameters: [returned] })).toEqual(
      only('input.command.parameters.0.direction', /STORED_PROCEDURE/),
    );
    expect(await issuesOf({ ...procedure, parameters: [returned, { ...returned, name: '@s' }] })).toEqual(
      only('input.command.parameters.1.direction', /one return value/),
    );
    expect(await outgoing({ direction: 'RETURN_VALUE', type: 'NVarChar' })).toEqual(
      only('input.command.parameters.0.type', /Int/),
    );
  });
});
