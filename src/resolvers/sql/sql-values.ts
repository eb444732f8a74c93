/** SQL Server's types as Halo Cloud lists them, and the text format of their values. */
import { isLocalDate } from '../../time/local.ts';

// Rests on assumption H13.

interface SqlTypeRule {
  /** Whether an output parameter of this type needs a size. */
  readonly variable?: true;
  readonly accepts?: (value: string) => boolean;
  /** Completes the message "The value is not …". */
  readonly expected?: string;
}

const whole = (min: bigint, max: bigint): SqlTypeRule => ({
  accepts: (value) => {
    const text = value.trim();
    return /^[+-]?\d{1,30}$/.test(text) && inRange(BigInt(text.replace('+', '')), min, max);
  },
  expected: `a whole number from ${min} to ${max}`,
});
const inRange = (value: bigint, min: bigint, max: bigint) => value >= min && value <= max;
const like = (pattern: RegExp, expected: string): SqlTypeRule => ({
  accepts: (value) => pattern.test(value.trim()),
  expected,
});

const moment =
  /^(\d{4}-\d{2}-\d{2}|\d{8})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?)(Z|[+-]\d{2}:\d{2})?)?$/i;
const clock = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,7})?)?$/;

/** Other date formats depend on the server's language. */
function instant(expected: string, withOffset: boolean): SqlTypeRule {
  return {
    accepts: (value) => {
      const [, date = '', time, offset] = moment.exec(value.trim()) ?? [];
      const day = date.length === 8 ? date.replace(/^(....)(..)/, '$1-$2-') : date;
      if (!isLocalDate(day) || (offset !== undefined && !withOffset)) return false;
      return time === undefined || clock.test(time);
    },
    expected,
  };
}

const anything: SqlTypeRule = {};
const sized: SqlTypeRule = { variable: true };
const dateTime = instant('a time written YYYY-MM-DDTHH:MM:SS, without an offset', false);
const money = like(/^[+-]?\$?(\d[\d,]*(\.\d*)?|\.\d+)$/, 'an amount');
const floating = like(/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i, 'a number');

const rules = {
  BigInt: whole(-(2n ** 63n), 2n ** 63n - 1n),
  Binary: sized,
  Bit: like(/^(0|1|true|false)$/i, '0, 1, true or false'),
  Char: sized,
  String: sized,
  Date: instant('a date written YYYY-MM-DD', false),
  DateTime: dateTime,
  DateTime2: dateTime,
  DateTimeOffset: instant('a time written YYYY-MM-DDTHH:MM:SS+HH:MM', true),
  Decimal: like(/^[+-]?(\d+(\.\d*)?|\.\d+)$/, 'a decimal number'),
  Float: floating,
  Image: sized,
  Int: whole(-(2n ** 31n), 2n ** 31n - 1n),
  Money: money,
  NChar: sized,
  NText: sized,
  NVarChar: sized,
  Real: floating,
  SmallDateTime: dateTime,
  SmallInt: whole(-(2n ** 15n), 2n ** 15n - 1n),
  SmallMoney: money,
  Structured: anything,
  Text: sized,
  Time: like(clock, 'a time of day written HH:MM:SS'),
  Timestamp: anything,
  TinyInt: whole(0n, 255n),
  Udt: anything,
  UniqueIdentifier: like(
    /^(\{[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i,
    'a UUID',
  ),
  VarBinary: sized,
  VarChar: sized,
  Variant: sized,
  Xml: anything,
} satisfies Record<string, SqlTypeRule>;

/** The names of the types, as Halo Cloud spells them. */
export const sqlTypes: readonly string[] = Object.keys(rules);

/** The problem with a value of this type. Undefined if there is none that can be found without a database. */
export function valueFault(type: string, value: string): string | undefined {
  const rule = ruleOf(type);
  return rule?.accepts?.(value) === false ? `This value is not ${rule.expected}.` : undefined;
}

/** Whether an output parameter without a size is truncated or refused. Without a type, SQL Server treats it as text. */
export const needsSize = (type: string | null): boolean => type === null || ruleOf(type)?.variable === true;

const ruleOf = (type: string): SqlTypeRule | undefined =>
  Object.hasOwn(rules, type) ? rules[type as keyof typeof rules] : undefined;
