/** Hostile SQL: random keywords, valid statements with random parts, deep nesting, noise. */
import fc from 'fast-check';

const words =
  `SELECT FROM WHERE AND OR NOT NULL IN LIKE BETWEEN EXISTS CASE WHEN THEN ELSE END IF BEGIN COMMIT ROLLBACK TRAN DECLARE SET EXEC
INSERT INTO VALUES UPDATE DELETE DROP TABLE TOP DISTINCT UNION ALL EXCEPT ORDER BY GROUP HAVING JOIN LEFT CROSS ON AS WITH OVER RETURN CAST
CONVERT REPLICATE COUNT SUM MAX LEN SUBSTRING DATEADD GETDATE SCOPE_IDENTITY int varchar(max) decimal(5,2) bigint datetime XACT_ABORT OFF
PATIENTS APPOINTMENTS DAYSAWAY SESSIONS USERS dbo sqlite_master PRAGMA USERID RECORDID SURNAME STARTDATE INTERNALID BP_GetAllUsers sp_who
@a @b @p @@ROWCOUNT @@nope 1 0 -1 2147483647 9223372036854775807 1e308 1.5 0x01 'text' N'é' '' 'it''s' [USERS] "SURNAME" ( ) , ; . = <> < + - *
/ % /* */ -- ' [ " { } \u0000 \uD800 __proto__ constructor`
    .split(/\s+/)
    .concat('\n', '  ');
const soup = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((each) => each.join(' '));
const sensible = fc
  .tuple(
    fc.constantFrom('', 'SET XACT_ABORT ON; ', 'BEGIN TRAN; ', 'DECLARE @a int = 1; '),
    fc.constantFrom(
      'SELECT TOP (3) * FROM PATIENTS p CROSS JOIN APPOINTMENTS a WHERE ',
      'DELETE FROM PATIENTS WHERE ',
      'UPDATE DAYSAWAY SET AWAYREASON = ',
      'SELECT ',
      'IF ',
      'EXEC BP_GetFreeAppointments 2, ',
      'INSERT INTO SESSIONS (USERID) SELECT ',
    ),
    soup,
  )
  .map((parts) => parts.join(''));
const deep = fc
  .tuple(
    fc.constantFrom('(', 'NOT ', '- ', 'CASE WHEN 1=1 THEN ', '(SELECT ', '1+', "'a'+", 'LEN('),
    fc.nat(3000),
  )
  .map(([piece, times]) => `SELECT ${piece.repeat(times)}1`);
export const parameterValue = fc.option(
  fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('1', '2026-11-23', 'AQI=', 'true')),
);
export const parameterType = fc.constantFrom(
  'Int',
  'BigInt',
  'NVarChar',
  'Date',
  'DateTimeOffset',
  'Decimal',
  'VarBinary',
  'Bit',
  'Udt',
  'Nope',
);

export const hostileText = fc.oneof(soup, sensible, deep, fc.string({ unit: 'binary', maxLength: 200 }));
