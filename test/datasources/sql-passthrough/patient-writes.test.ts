import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PatientDetails } from '../../../src/datasources/domain/patient-writes.ts';
import type { SqlStatement } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { NoAnswer } from '../../../src/datasources/practice/write-port.ts';
import { createSqlPassthrough } from '../../../src/datasources/sql-passthrough/index.ts';
import { InvalidInput, NotFound, PmsError } from '../../../src/errors.ts';
import { connectSandbox, fakeConnection } from './engine-connection.ts';

const details: PatientDetails = {
  title: 'Mr',
  firstName: "O'Synthetic",
  middleName: 'Quill',
  lastName: 'Sample; DROP',
  preferredName: 'Tester',
  birthDate: '1986-10-04',
  sex: 'MALE',
  address: { line1: '1 Example Street', line2: 'Unit 2', suburb: 'Sampleton', postcode: '2000' },
  postalAddress: { line1: 'PO Box 3', suburb: 'Exampleville', postcode: '2001' },
  homePhone: '0255501234',
  workPhone: '0255505678',
  mobilePhone: '0491570006',
  email: 'synthetic.sample@example.com',
  medicare: { number: '2951123451', individualReferenceNumber: '3', expiry: '11/2028' },
  dva: { number: 'NX000001', type: 'Gold' },
};
const bare: PatientDetails = {
  title: null,
  firstName: null,
  middleName: null,
  lastName: 'Sample',
  preferredName: null,
  birthDate: null,
  sex: 'UNKNOWN',
  address: null,
  postalAddress: null,
  homePhone: null,
  workPhone: null,
  mobilePhone: null,
  email: null,
  medicare: null,
  dva: null,
};

/** The first columns of the result: the refusal, the return value and the id. */
function inColumns({ refused, returned, ...others }: Record<string, unknown>): Record<string, unknown> {
  const id = typeof returned === 'number' && returned > 0 ? returned : null;
  return { ...(refused !== undefined && { a: refused }), b: returned, c: id, ...others };
}

const readBack =
  /^(SELECT @refused AS a, @returned AS b, @id AS c,|FROM \(SELECT 1 AS one\) x$|LEFT JOIN |;$)/;
/** The lines of a text before the part that reads back. */
const linesOf = (statement: SqlStatement | undefined) =>
  (statement?.text.split('\n') ?? []).filter((line) => !readBack.test(line));

/** The answer of every statement; an error is thrown. */
function practice(answer: Error | readonly Record<string, unknown>[]) {
  const sent: SqlStatement[] = [];
  const connection = fakeConnection(async () => {
    if (answer instanceof Error) throw answer;
    return answer.map(inColumns);
  }, sent);
  const { writes } = createSqlPassthrough(connection);
  return { writes, sent, now: connection.now() };
}

const values = (statement: SqlStatement | undefined) =>
  Object.fromEntries((statement?.parameters ?? []).map(({ name, value }) => [name, value]));
const added = [{ refused: 0, returned: 4711 }];
const updated = [{ refused: 0, returned: 1 }];

describe('adding a patient', () => {
  it('looks up codes and adds in one text, every value a parameter', async () => {
    const { writes, sent } = practice(added);
    expect(await writes.addPatient(details)).toEqual({ patientId: '4711', patient: null });
    expect(sent).toHaveLength(1);
    expect(sent[0]?.text.match(/^SELECT [^@]*@refused AS a/gm)).toHaveLength(1);
    expect(linesOf(sent[0])).toEqual([
      'SET NOCOUNT ON;',
      'DECLARE @refused INT = 0, @returned INT, @id INT, @before INT, @titlecode INT, @sexcode INT, @dvacode INT;',
      'SELECT @titlecode = MIN(t.TITLECODE) FROM dbo.TITLES t WHERE t.TITLECODE <> 0 AND t.TITLE IN (@title0, @title1);',
      'IF @titlecode IS NULL SET @refused = @refused + 2;',
      'SELECT @sexcode = MIN(s.SEXCODE) FROM dbo.SEX s WHERE s.SEX = @sex;',
      'IF @sexcode IS NULL SET @refused = @refused + 4;',
      'SELECT @dvacode = MIN(d.DVACODE) FROM dbo.DVATYPE d WHERE d.DVATYPE = @dvatype;',
      'IF @dvacode IS NULL SET @refused = @refused + 8;',
      'SELECT @before = COALESCE(MAX(p.INTERNALID), 0) FROM dbo.PATIENTS p;',
      "IF @refused = 0 EXEC @returned = dbo.BP_AddPatient @titlecode = @titlecode, @firstname = @firstname, @middlename = @middlename, @surname = @surname, @preferredname = @preferredname, @address1 = @address1, @address2 = @address2, @city = @city, @postcode = @postcode, @postaladdress = @postaladdress, @postalcity = @postalcity, @postalpostcode = @postalpostcode, @dob = @dob, @sexcode = @sexcode, @homephone = @homephone, @workphone = @workphone, @mobilephone = @mobilephone, @medicareno = @medicareno, @medicarelineno = @medicarelineno, @medicareexpiry = @medicareexpiry, @pensioncode = 0, @pensionno = '', @pensionexpiry = NULL, @dvacode = @dvacode, @dvano = @dvano, @recordno = '', @externalid = '', @email = @email;",
      'SELECT @id = p.INTERNALID FROM dbo.PATIENTS p WHERE @refused = 0 AND p.INTERNALID > @before AND p.INTERNALID = @returned;',
      "IF @id IS NULL SELECT @id = MAX(p.INTERNALID) FROM dbo.PATIENTS p WHERE @refused = 0 AND p.INTERNALID > @before AND p.SURNAME = @surname AND COALESCE(p.FIRSTNAME, '') = @firstname AND p.DOB = @dob;",
      'IF @id IS NULL AND @returned > 0 SET @id = @returned;',
    ]);
    expect(values(sent[0])).toEqual({
      '@title0': 'Mr',
      '@title1': 'Mr.',
      '@sex': 'Male',
      '@dvatype': 'Gold',
      '@firstname': "O'Synthetic",
      '@middlename': 'Quill',
      '@surname': 'Sample; DROP',
      '@preferredname': 'Tester',
      '@address1': '1 Example Street',
      '@address2': 'Unit 2',
      '@city': 'Sampleton',
      '@postcode': '2000',
      '@postaladdress': 'PO Box 3',
      '@postalcity': 'Exampleville',
      '@postalpostcode': '2001',
      '@dob': '1986-10-04',
      '@homephone': '0255501234',
      '@workphone': '0255505678',
      '@mobilephone': '0491570006',
      '@medicareno': '2951123451',
      '@medicarelineno': '3',
      '@medicareexpiry': '11/2028',
      '@dvano': 'NX000001',
      '@email': 'synthetic.sample@example.com',
    });
  });

  it('looks nothing up where there is nothing to look up', async () => {
    const { writes, sent } = practice(added);
    await writes.addPatient(bare);
    const [, declared, , execute] = linesOf(sent[0]);
    expect(declared).toBe(
      'DECLARE @refused INT = 0, @returned INT, @id INT, @before INT, @titlecode INT = 0, @sexcode INT = 0, @dvacode INT = 0;',
    );
    expect(execute).toContain('@dob = NULL, @sexcode = @sexcode');
    expect(values(sent[0])).toMatchObject({ '@surname': 'Sample', '@firstname': '', '@medicareno': '' });
    expect(values(sent[0])).not.toHaveProperty('@dob');
  });

  it('takes a title with or without its dot', async () => {
    const { writes, sent } = practice(added);
    await writes.addPatient({ ...bare, title: ' Mrs. ' });
    expect(values(sent[0])).toMatchObject({ '@title0': 'Mrs', '@title1': 'Mrs.' });
  });

  it.each([
    ['a title', 2, [['title']]],
    ['a sex', 4, [['sex']]],
    ['a DVA card', 8, [['dva', 'type']]],
    ['a title and a DVA card', 10, [['title'], ['dva', 'type']]],
  ])('is InvalidInput for %s that the practice does not list', async (_what, refused, paths) => {
    const { writes } = practice([{ refused, returned: null }]);
    const failure = await writes.addPatient(details).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InvalidInput);
    expect(failure).toMatchObject({ issues: paths.map((path) => ({ path })) });
  });

  it('is PmsError when the procedure adds no patient', async () => {
    for (const returned of [0, -1, null]) {
      const failure = practice([{ refused: 0, returned }]).writes.addPatient(details);
      await expect(failure).rejects.toMatchObject({
        code: 'PMS_ERROR',
        errorType: 'mssql',
        errorCode: null,
        message: 'The practice did not add the patient.',
      });
    }
  });

  it.each([
    ['no row', []],
    ['no word of a refusal', [{ returned: 4711 }]],
    ['another column', [{ other: 1, returned: 4711 }]],
    ['two rows', [...added, ...added]],
  ])('does not know what happened when the answer holds %s', async (_what, rows) => {
    const { writes, now } = practice(rows);
    const failure = await writes.addPatient(details).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NoAnswer);
    expect(failure).toMatchObject({ sentAt: now, cause: { code: 'UPSTREAM_FAILED' } });
  });

  it('names at once all that the columns cannot hold, and sends nothing', async () => {
    const { writes, sent } = practice(added);
    const failure = await writes
      .addPatient({
        ...details,
        firstName: 'x'.repeat(41),
        middleName: 'x'.repeat(30),
        birthDate: '1752-12-31',
        address: { line1: 'x'.repeat(41), line2: null, suburb: null, postcode: '20000' },
      })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [
        { path: ['firstName'], message: 'Use at most 40 characters.' },
        { path: ['address', 'line1'] },
        { path: ['address', 'postcode'] },
        { path: ['birthDate'] },
      ],
    });
    expect(sent).toEqual([]);
  });

  it('sends the same text for any input', async () => {
    const reference = practice(added);
    await reference.writes.addPatient(details);
    const hostile = fc.string({ minLength: 1, maxLength: 7, unit: 'binary' });
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (one, other) => {
        const { writes, sent } = practice(added);
        await writes.addPatient({
          ...details,
          title: one,
          firstName: other,
          email: one,
          mobilePhone: other,
          dva: { number: one, type: other },
        });
        expect(sent[0]?.text).toBe(reference.sent[0]?.text);
        expect(values(sent[0])).toMatchObject({ '@firstname': other, '@email': one, '@dvatype': other });
      }),
    );
  });

  it('passes on what the connection throws', async () => {
    for (const error of [new PmsError('mssql', 229), new NoAnswer(1, new Error('cut'))]) {
      await expect(practice(error).writes.addPatient(details)).rejects.toBe(error);
    }
  });
});

describe('changing a patient', () => {
  const exists = 'SELECT 1 FROM dbo.PATIENTS p WHERE p.INTERNALID = @patientid AND p.RECORDSTATUS = 1';

  it.each<[string, Partial<PatientDetails>, readonly string[]]>([
    ['BP_UpdatePatientAddress', { address: details.address }, ['address1', 'address2', 'city', 'postcode']],
    ['BP_UpdatePatientEmail', { email: null }, ['email']],
    [
      'BP_UpdatePatientMedicare',
      { medicare: details.medicare },
      ['medicareno', 'medicarelineno', 'medicareexpiry'],
    ],
    [
      'BP_UpdatePatientContacts',
      { homePhone: null, workPhone: '0255505678', mobilePhone: '0491570006' },
      ['homephone', 'workphone', 'mobilephone'],
    ],
  ])('goes by %s alone where that covers it', async (procedure, change, names) => {
    const { writes, sent } = practice(updated);
    await writes.updatePatient({ patientId: '7', details: change });
    const passed = names.map((name) => `@${name} = @${name}`).join(', ');
    expect(sent.map(linesOf)).toEqual([
      [
        'SET NOCOUNT ON;',
        'DECLARE @refused INT = 0, @returned INT, @id INT = @patientid;',
        `IF NOT EXISTS (${exists}) SET @refused = @refused + 1;`,
        `IF @refused = 0 EXEC @returned = dbo.${procedure} @patientid = @patientid, ${passed};`,
      ],
    ]);
    expect(Object.keys(values(sent[0]))).toEqual(['@patientid', ...names.map((name) => `@${name}`)]);
  });

  it('reads the phones that stay, and takes a DVA card away', async () => {
    const phones = practice(updated);
    await phones.writes.updatePatient({ patientId: '7', details: { mobilePhone: null } });
    expect(linesOf(phones.sent[0])).toEqual([
      'SET NOCOUNT ON;',
      'DECLARE @refused INT = 0, @returned INT, @id INT = @patientid, @homephone VARCHAR(14), @workphone VARCHAR(14);',
      `IF NOT EXISTS (${exists}) SET @refused = @refused + 1;`,
      'SELECT @homephone = p.HOMEPHONE, @workphone = p.WORKPHONE FROM dbo.PATIENTS p WHERE p.INTERNALID = @patientid AND p.RECORDSTATUS = 1;',
      'IF @refused = 0 EXEC @returned = dbo.BP_UpdatePatientContacts @patientid = @patientid, @homephone = @homephone, @workphone = @workphone, @mobilephone = @mobilephone;',
    ]);
    expect(values(phones.sent[0])).toEqual({ '@patientid': '7', '@mobilephone': '' });

    const card = practice(updated);
    await card.writes.updatePatient({ patientId: '7', details: { dva: null } });
    expect(card.sent[0]?.text).toContain('@dvacode INT = 0;');
    expect(card.sent[0]?.text).toContain(
      'dbo.BP_UpdatePatientDVA @patientid = @patientid, @dvacode = @dvacode, @dvano = @dvano;',
    );
    expect(values(card.sent[0])).toEqual({ '@patientid': '7', '@dvano': '' });
  });

  it.each<[string, Partial<PatientDetails>]>([
    ['a name', { preferredName: 'Other' }],
    ['a postal address', { postalAddress: null }],
    ['two groups', { email: 'other@example.com', mobilePhone: null }],
    ['an address and where post goes', { address: null, postalAddress: null }],
  ])('goes by BP_UpdatePatient with everything for %s', async (_what, change) => {
    const { writes, sent } = practice(updated);
    await writes.updatePatient({ patientId: '7', details: change });
    expect(sent).toHaveLength(1);
    const text = sent[0]?.text ?? '';
    const [, passed = ''] = /dbo\.BP_UpdatePatient (.*);/.exec(text) ?? [];
    const names = passed.split(', ').map((argument) => argument.split(' = '));
    expect(names).toHaveLength(29);
    // Each argument is a parameter, or a variable that the text declares and sets. It is never an expression or a
    // constant.
    const changedNames = Object.keys(values(sent[0]));
    for (const [name = '', value] of names) {
      expect(value).toBe(name);
      if (changedNames.includes(name)) continue;
      expect(text).toMatch(new RegExp(`DECLARE .*${name} (INT|DATETIME|VARCHAR\\(\\d+\\))[,;]`));
      expect(text).toContain(
        name === '@email' ? '@email = e.EMAIL' : `${name} = p.${name.slice(1).toUpperCase()}`,
      );
    }
    expect(text).not.toMatch(/emergencycontact|headoffamilyid|ethniccode|gendercode/i);
  });

  it('takes a birth date and a sex away', async () => {
    const { writes, sent } = practice(updated);
    await writes.updatePatient({ patientId: '7', details: { birthDate: null, sex: 'UNKNOWN', title: null } });
    expect(sent[0]?.text).toContain('@dob = NULL');
    expect(sent[0]?.text).toContain('@titlecode INT = 0, @sexcode INT = 0');
    expect(values(sent[0])).toEqual({ '@patientid': '7' });
  });

  it('is NotFound for a patient who is not there, and InvalidInput for an unknown title', async () => {
    const change = { patientId: '7', details: { title: 'Baroness' } };
    const of = (refused: number) => practice([{ refused, returned: null }]).writes.updatePatient(change);
    await expect(of(1)).rejects.toBeInstanceOf(NotFound);
    await expect(of(3)).rejects.toBeInstanceOf(NotFound);
    await expect(of(2)).rejects.toMatchObject({ issues: [{ path: ['title'] }] });
  });

  it('ignores the value that the procedure returns, but requires the row with it', async () => {
    const change = { patientId: '7', details: { email: null } };
    for (const returned of [0, 1, null]) {
      await practice([{ refused: 0, returned }]).writes.updatePatient(change);
    }
    for (const rows of [[], [{ refused: null, returned: 1 }]]) {
      await expect(practice(rows).writes.updatePatient(change)).rejects.toBeInstanceOf(NoAnswer);
    }
  });

  it('sends neither an id that cannot exist nor a text that would be cut', async () => {
    const { writes, sent } = practice(updated);
    for (const patientId of ['0', '-1', 'x', '2147483648', '1 OR 1=1']) {
      await expect(writes.updatePatient({ patientId, details: { email: null } })).rejects.toBeInstanceOf(
        NotFound,
      );
    }
    await expect(
      writes.updatePatient({ patientId: '7', details: { mobilePhone: '+61491570006000' } }),
    ).rejects.toMatchObject({ issues: [{ path: ['mobilePhone'] }] });
    expect(sent).toEqual([]);
  });
});

describe("through the sandbox's database", () => {
  const fields = Object.fromEntries(
    [...Object.keys(details), 'status', 'ihi', 'usualUser'].map((f) => [f, {}]),
  );

  function sandbox(bpSiteId = '1002') {
    const connection = connectSandbox(bpSiteId);
    const { data, writes } = createSqlPassthrough(connection);
    const read = async (id: string) => (await data.patients({ ids: [id], fields }))[0];
    const row = (id: string) =>
      connection.database.all<Record<string, unknown>>('SELECT * FROM PATIENTS WHERE INTERNALID = @id', {
        '@id': Number(id),
      })[0];
    return { ...connection, data, writes, read, row };
  }

  // The numbers of the sexes differ between the two.
  it.each(['1003', '1002'])('adds and reads the same at %s', async (bpSiteId) => {
    const { writes, read } = sandbox(bpSiteId);
    const { patientId } = await writes.addPatient(details);
    expect(await read(patientId)).toMatchObject({
      ...details,
      title: 'Mr.',
      status: 'ACTIVE',
      address: { ...details.address, country: null },
      postalAddress: { ...details.postalAddress, line2: null },
    });
    const plain = await writes.addPatient(bare);
    expect(await read(plain.patientId)).toMatchObject({ ...bare, title: null });
  });

  it('refuses a title that the practice does not have', async () => {
    const { writes, database } = sandbox();
    const count = () => database.all('SELECT INTERNALID FROM PATIENTS').length;
    const before = count();
    await expect(writes.addPatient({ ...details, title: 'Baroness' })).rejects.toMatchObject({
      issues: [{ path: ['title'] }],
    });
    expect(count()).toBe(before);
  });

  it('changes only the given details, with each procedure', async () => {
    const { writes, read, row, database } = sandbox();
    const { patientId } = await writes.addPatient(details);
    database.run(
      "UPDATE PATIENTS SET PENSIONCODE = 1, PENSIONNO = 'P1', PENSIONEXPIRY = '2027-01-31T00:00:00', RECORDNO = 'R1', EXTERNALID = 'E1', USERID = 2, IHI = '8003608166690503' WHERE INTERNALID = @id",
      { '@id': Number(patientId) },
    );
    let expected = await read(patientId);
    const changes: readonly Partial<PatientDetails>[] = [
      { address: { line1: '9 Sample Road', line2: null, suburb: 'Testburg', postcode: '4000' } },
      { mobilePhone: '0491570156', homePhone: null },
      { email: 'new@example.com' },
      { medicare: { number: '3951123453', individualReferenceNumber: null, expiry: null } },
      { dva: { number: 'QX000002', type: 'White' } },
      { sex: 'OTHER', title: 'Mx', birthDate: '1990-02-28' },
      { postalAddress: null },
      { preferredName: null, workPhone: null },
      { dva: null, medicare: null },
    ];
    for (const change of changes) {
      await writes.updatePatient({ patientId, details: change });
      const found = await read(patientId);
      expect(found).toMatchObject(change);
      expected = {
        ...(expected as NonNullable<typeof expected>),
        ...Object.fromEntries(
          Object.keys(change).map((field) => [field, found?.[field as keyof typeof found]]),
        ),
      };
      expect(found).toEqual(expected);
    }
    expect(row(patientId)).toMatchObject({
      PENSIONCODE: 1,
      PENSIONNO: 'P1',
      PENSIONEXPIRY: '2027-01-31T00:00:00',
      RECORDNO: 'R1',
      EXTERNALID: 'E1',
    });
    await writes.updatePatient({ patientId, details: { email: null } });
    expect(await read(patientId)).toMatchObject({ email: null });
    await writes.updatePatient({ patientId, details: { firstName: 'Renamed' } });
    expect(await read(patientId)).toMatchObject({ firstName: 'Renamed', email: null });
  });

  it('is NotFound for a patient who is deleted or was never there, and changes nothing', async () => {
    const { writes, row, database } = sandbox();
    const { patientId } = await writes.addPatient(details);
    database.run('UPDATE PATIENTS SET RECORDSTATUS = 2 WHERE INTERNALID = @id', { '@id': Number(patientId) });
    const before = row(patientId);
    for (const change of [{ email: null }, { firstName: 'Renamed' }]) {
      await expect(writes.updatePatient({ patientId, details: change })).rejects.toBeInstanceOf(NotFound);
      await expect(writes.updatePatient({ patientId: '2000000000', details: change })).rejects.toBeInstanceOf(
        NotFound,
      );
    }
    expect(row(patientId)).toEqual(before);
  });
});
