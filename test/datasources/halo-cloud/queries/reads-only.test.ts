import { describe, expect, it } from 'vitest';
import { readsOnly } from '../../../../src/datasources/halo-cloud/sql/reads-only.ts';

const sqlServer = { functionsMayWrite: false };
const other = { functionsMayWrite: true };

describe('a text that certainly only reads', () => {
  it.each([
    'SELECT 1',
    '  select a, b from t where c = @c order by a offset 0 rows fetch next 10 rows only;',
    "SELECT 'DELETE FROM PATIENTS; it''s only text' AS note",
    "SELECT N'INSERT'",
    'SELECT [UPDATE], "DROP" FROM t -- DELETE\n',
    'SELECT [a]]; DELETE FROM t] FROM t',
    'SELECT 1 /* DELETE /not/ * twice ** */ + 2',
    '(SELECT 1) UNION (SELECT 2)',
    'WITH few AS (SELECT TOP 3 ID FROM t) SELECT * FROM few',
    'DECLARE @n INT = 3; SET @n = 4; SELECT @n, dbo.fn_Age(@n), 1.5, .5, 0xDE',
    "SELECT 'Žluťoučký' AS name",
    'SELECT UPDATED, DELETED_AT, CREATED FROM t',
  ])('%s', (text) => {
    expect(readsOnly(text, sqlServer)).toBe(true);
  });
});

describe('a text that may be more', () => {
  it.each([
    '',
    '-- SELECT 1',
    'DELETE FROM t',
    'BP_CancelAppointment 12',
    'SELECT 1; DELETE FROM t',
    'SELECT 1 DELETE FROM t',
    "SELECT 'a'DELETE FROM t",
    'SELECT [a]DELETE FROM t',
    'SELECT/**/1/**/DELETE/**/FROM t',
    'SELECT 1DELETE FROM t',
    'SELECT 1e5DELETE FROM t',
    'SELECT 1eDELETE FROM t',
    'SELECT 0xDELETE FROM t',
    'SELECT 1.DELETE FROM t',
    'SELECT * INTO copy FROM t',
    'WITH x AS (SELECT 1 AS a) UPDATE t SET a = 1',
    'DECLARE @id INT; EXEC @id = dbo.BP_AddAppointment; SELECT @id',
    'SELECT 1; execute sp_who',
    "SELECT * FROM OPENQUERY(far, 'DELETE FROM t')",
    'SELECT NEXT VALUE FOR numbers',
    "SELECT 'open",
    'SELECT [open',
    'SELECT 1 /* open',
    'SELECT 1 /* /* nested */ DELETE FROM t -- */ */',
    'SELECT ＤＥＬＥＴＥ FROM t',
    'SET IDENTITY_INSERT t ON',
    'MERGE t USING u ON 1 = 1',
    'TRUNCATE TABLE t',
    'EXECUTE BLOCK AS BEGIN END',
  ])('%s', (text) => {
    expect(readsOnly(text, sqlServer)).toBe(false);
    expect(readsOnly(text, other)).toBe(false);
  });

  it.each([
    'SELECT * FROM MAKE_BOOKING(12)',
    'SELECT * FROM "MAKE_BOOKING"(12)',
    'SELECT p.ID, f_book(p.ID) FROM PATIENTS p',
    'SELECT 1; SELECT 2',
    "SELECT 1 SET OPTION PUBLIC.a = 'b'",
  ])('where functions can write: %s', (text) => {
    expect(readsOnly(text, other)).toBe(false);
  });

  it.each([
    'SELECT COUNT(*), MAX(a) FROM t WHERE b IN (1, 2) AND EXISTS (SELECT 1 FROM u);',
    'SELECT FIRST 10 CAST(a AS VARCHAR(20)) FROM t',
  ])('but not, also there: %s', (text) => {
    expect(readsOnly(text, other)).toBe(true);
  });

  it('is decided fast for a long text', () => {
    const long = `SELECT '${'x'.repeat(3_000_000)}' AS a, "${"''".repeat(1000)}" /* ${'* x/ '.repeat(500_000)} */`;
    expect(readsOnly(long, sqlServer)).toBe(true);
    expect(readsOnly(`${long} DELETE FROM t`, sqlServer)).toBe(false);
  });
});
