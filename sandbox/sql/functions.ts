import { coerce, commonKind, comparable } from './coerce.ts';
import { dateField } from './date-functions.ts';
import type { Binder, Emitted } from './emitted.ts';
import { padded } from './emitted.ts';
import { inText } from './in-text.ts';
import { longestText, replicate } from './long-text.ts';
import { traitsOf } from './scope.ts';
import { SqlServerError } from './sql-server-error.ts';
import { databaseId } from './system-tables.ts';
import { commonTraits } from './traits.ts';
import type { Kind } from './values.ts';

interface ScalarFunction {
  readonly least: number;
  readonly most: number;
  emit(args: readonly Emitted[], binder: Binder): Emitted;
}

const nothing: Emitted = { sql: 'NULL', kind: 'null' };

const text = (sql: string, from?: Emitted): Emitted => ({
  sql,
  kind: 'text',
  loose: true,
  unicode: from?.unicode ?? false,
  binary: from?.binary ?? false,
  long: from?.long ?? false,
});

function one(emit: (argument: Emitted, binder: Binder) => Emitted): ScalarFunction {
  return { least: 1, most: 1, emit: ([argument = nothing], binder) => emit(argument, binder) };
}

function two(emit: (first: Emitted, second: Emitted, binder: Binder) => Emitted): ScalarFunction {
  return {
    least: 2,
    most: 2,
    emit: ([first = nothing, second = nothing], binder) => emit(first, second, binder),
  };
}

/** A number of characters: never negative, which SQL Server refuses. */
const count = (expression: Emitted, binder: Binder): string =>
  `max(0, ${coerce(expression, 'int', binder).sql})`;

function combined(args: readonly Emitted[], binder: Binder): { kind: Kind; parts: string[] } {
  const kind = commonKind(...args.map((argument) => argument.kind));
  return { kind, parts: args.map((argument) => padded(coerce(argument, kind, binder))) };
}

const dateOf = (part: string): ScalarFunction =>
  one((argument, binder) => dateField(part, coerce(argument, 'datetime', binder)));

/** Text that is not varchar(max) is cut at 8000 bytes. */
function replicated(argument: Emitted, times: Emitted, binder: Binder): Emitted {
  const most = argument.long ? longestText : argument.unicode ? 4000 : 8000;
  if (typeof argument.known === 'string' && typeof times.known === 'number') {
    const { known, unicode, long } = argument;
    return binder.emit(replicate(known, times.known, most), 'text', { unicode, long });
  }
  return text(`tsql_replicate(${inText(argument)}, ${times.sql}, ${most})`, argument);
}

/** The scalar functions that are spoken, by their upper-case name. UPPER and LOWER know ASCII letters only, as SQLite does. */
const scalarFunctions: Readonly<Record<string, ScalarFunction>> = {
  RTRIM: one((argument) => ({
    ...text(`rtrim(${argument.kind === 'text' ? argument.sql : inText(argument)})`, argument),
    loose: false,
  })),
  LTRIM: one((argument) => text(`ltrim(${inText(argument)})`, argument)),
  TRIM: one((argument) => ({ ...text(`trim(${inText(argument)})`, argument), loose: false })),
  UPPER: one((argument) => text(`upper(${inText(argument)})`, argument)),
  LOWER: one((argument) => text(`lower(${inText(argument)})`, argument)),
  LEN: one((argument) => ({
    sql: `length(rtrim(${argument.kind === 'text' ? argument.sql : inText(argument)}))`,
    kind: 'int',
  })),
  LEFT: two((argument, length, binder) =>
    text(`substr(${inText(argument)}, 1, ${count(length, binder)})`, argument),
  ),
  RIGHT: two((argument, length, binder) => {
    const value = inText(argument);
    return text(`substr(${value}, max(1, length(${value}) - ${count(length, binder)} + 1))`, argument);
  }),
  SUBSTRING: {
    least: 3,
    most: 3,
    emit([argument = nothing, start = nothing, length = nothing], binder) {
      const from = coerce(start, 'int', binder).sql;
      // A start before the first character eats of the length.
      return text(
        `substr(${inText(argument)}, max(1, ${from}), max(0, ${coerce(length, 'int', binder).sql} + min(0, ${from} - 1)))`,
        argument,
      );
    },
  },
  REPLACE: {
    least: 3,
    most: 3,
    emit: ([argument = nothing, from = nothing, to = nothing]) =>
      // Without letters case does not matter, and SQLite's own function is faster.
      typeof from.known === 'string' && (argument.binary || !/\p{L}/u.test(from.known)) && from.known !== ''
        ? text(`replace(${inText(argument)}, ${from.sql}, ${inText(to)})`, argument)
        : text(`tsql_replace(${inText(argument)}, ${inText(from)}, ${inText(to)})`, argument),
  },
  REPLICATE: two((argument, times, binder) => replicated(argument, coerce(times, 'int', binder), binder)),
  CHARINDEX: two((needle, within) => ({
    sql: `instr(lower(${inText(within)}), lower(${inText(needle)}))`,
    kind: 'int',
  })),
  CONCAT: {
    least: 2,
    most: 254,
    emit: (args) =>
      text(
        `concat(${args.map((argument) => inText(argument)).join(', ')})`,
        args.find(({ unicode }) => unicode),
      ),
  },
  ISNULL: two((first, second, binder) => {
    const other = coerce(second, first.kind, binder);
    const sql = `ifnull(${first.sql}, ${other.sql})`;
    if (first.kind === 'null') return other;
    return first.pad === undefined
      ? { ...traitsOf(first), sql, kind: first.kind, loose: true }
      : { sql: `rtrim(substr(${sql}, 1, ${first.pad}))`, kind: 'text', pad: first.pad };
  }),
  COALESCE: {
    least: 2,
    most: 254,
    emit(args, binder) {
      const { kind, parts } = combined(args, binder);
      return { sql: `coalesce(${parts.join(', ')})`, kind, loose: true, ...commonTraits(kind, args) };
    },
  },
  NULLIF: two((first, second, binder) => {
    const kind = commonKind(first.kind, second.kind);
    const [left, right] = [coerce(first, kind, binder), coerce(second, kind, binder)];
    const equal = `${comparable(left)} = ${comparable({ ...right, column: true })}`;
    return { ...first, sql: `iif(${equal}, NULL, ${first.sql})`, column: false, known: undefined };
  }),
  ABS: one((argument, binder) => ({
    ...traitsOf(argument),
    sql: `abs(${coerce(argument, argument.kind === 'text' ? 'real' : argument.kind, binder).sql})`,
    kind: argument.kind,
  })),
  YEAR: dateOf('year'),
  MONTH: dateOf('month'),
  DAY: dateOf('day'),
  DATALENGTH: one((argument) => {
    if (argument.kind === 'binary') return { sql: `(length(${argument.sql}) / 2)`, kind: 'int' };
    return { sql: `(length(${inText(argument)}) * ${argument.unicode ? 2 : 1})`, kind: 'int' };
  }),
  GETDATE: { least: 0, most: 0, emit: (_, binder) => binder.emit(binder.now, 'datetime') },
  DB_ID: { least: 0, most: 0, emit: () => ({ sql: String(databaseId), kind: 'int' }) },
  SERVERPROPERTY: one((property) =>
    text(property.known === 'ProductVersion' ? "'15.0.4382.1'" : 'NULL', { ...nothing, unicode: true }),
  ),
  COLLATIONPROPERTY: two((collation, property) => ({
    sql:
      String(property.known).toLowerCase() === 'codepage'
        ? `(SELECT max(code_page) FROM "sys.collations" WHERE name = ${collation.sql})`
        : 'NULL',
    kind: 'int',
  })),
  /** Of a table, a procedure or a column of a table. NULL for what does not exist. */
  HAS_PERMS_BY_NAME: {
    least: 3,
    most: 5,
    emit([securable = nothing, , permission = nothing, column], binder) {
      const name = String(securable.known).replace(/^.*\./, '');
      const wanted = column ? `${name}.${String(column.known)}` : name;
      const has = (of: string) =>
        `EXISTS (SELECT 1 FROM "sys.permissions" WHERE securable = ${binder.bind(of.toUpperCase())} AND permission = ${binder.bind(String(permission.known).toUpperCase())})`;
      const exists = `EXISTS (SELECT 1 FROM "sys.objects" WHERE name = ${binder.bind(name)}) OR ${binder.bind(name.toLowerCase())} LIKE 'sp_%'`;
      return {
        sql: `CASE WHEN ${has(wanted)} OR ${has(name)} THEN 1 WHEN ${exists} THEN 0 END`,
        kind: 'int',
      };
    },
  },
  SCOPE_IDENTITY: {
    least: 0,
    most: 0,
    emit: (_, binder) => binder.emit(binder.variable('@@scope_identity').value, 'int'),
  },
  SYSDATETIME: { least: 0, most: 0, emit: (_, binder) => binder.emit(binder.now, 'datetime') },
};

/** A call of a scalar function. Throws 195 for an unknown one, 174 for a wrong number of arguments. */
export function emitFunction(name: string, args: readonly Emitted[], binder: Binder): Emitted {
  const found = Object.hasOwn(scalarFunctions, name) ? scalarFunctions[name] : undefined;
  if (!found) throw new SqlServerError(195, `'${name}' is not a recognized built-in function name.`);
  if (args.length < found.least || args.length > found.most) {
    throw new SqlServerError(174, `The ${name.toLowerCase()} function requires ${found.least} argument(s).`);
  }
  return found.emit(args, binder);
}
