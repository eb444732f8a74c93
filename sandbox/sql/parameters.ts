import { inCodePage } from '../database/code-page.ts';
import { decimalsOf } from './decimals.ts';
import { fitInteger } from './integers.ts';
import { SqlServerError } from './sql-server-error.ts';
import { roundToDateTime } from './times.ts';
import type { SqlValue, Variable } from './values.ts';
import { convertText, isUnicodeType } from './values.ts';
import { declaredVariable } from './variables.ts';

export interface BatchParameter {
  /** With the at sign. */
  readonly name: string;
  /** .NET's SqlDbType name, or `String`. */
  readonly type: string;
  /** Binary as base64. */
  readonly value: string | null;
  /** @default `input` */
  readonly direction?: string;
  /** Maximum size: bytes of binary, characters of text. */
  readonly size?: number | null;
}

/** SQL Server takes no more of one call. */
const maxParameters = 2100;
/** A text with parameters is a call of sp_executesql: the text and its declarations are parameters too. */
export const maxParametersOfText = maxParameters - 2;
/** Types without a text form. */
const notCarried = ['structured', 'udt', 'variant'];
const exact = ['decimal', 'numeric', 'money', 'smallmoney'];

/** Its name in lower case with the at sign. */
export function parameterName({ name }: BatchParameter): string {
  return (name.startsWith('@') ? name : `@${name}`).toLowerCase();
}

/**
 * Parameters as variables; one that only comes out holds NULL, and one for the return value is none. Throws 8003 for more than `max`,
 * 8009 for a type that cannot be carried, 8143 for a name twice, and what a value's conversion raises.
 */
export function declaredParameters(
  parameters: readonly BatchParameter[],
  max = maxParameters,
): Map<string, Variable> {
  if (parameters.length > max) {
    throw new SqlServerError(
      8003,
      'The incoming request has too many parameters. The server supports a maximum of 2100 parameters.',
    );
  }
  const declared = new Map<string, Variable>();
  parameters.forEach((parameter, index) => {
    if (parameter.direction === 'returnValue') return;
    const name = parameterName(parameter);
    if (declared.has(name)) {
      throw new SqlServerError(8143, `Parameter '${parameter.name}' was supplied multiple times.`);
    }
    if (notCarried.includes(parameter.type.toLowerCase())) {
      throw new SqlServerError(
        8009,
        `The incoming tabular data stream (TDS) remote procedure call (RPC) protocol stream is incorrect. Parameter ${index + 1} ("${parameter.name}"): Data type ${parameter.type} is unknown.`,
      );
    }
    declared.set(name, variableOf(parameter));
  });
  return declared;
}

function variableOf({ type, value, direction, size }: BatchParameter): Variable {
  const name = type.toLowerCase() === 'string' ? 'nvarchar' : type.toLowerCase();
  const most = isUnicodeType(name) ? 4000 : 8000;
  const isLong = /^(n?text|xml|image)$/.test(name) || (value ?? '').length > most;
  const sized = /char$|binary$/.test(name);
  const variable = declaredVariable({ name, length: isLong ? 'max' : sized ? most : null });
  const given = direction === 'output' ? null : value;
  return { ...variable, value: given === null ? null : held(sent(given, variable, size), variable) };
}

/** As SqlClient sends a text: cut to the size, and without what the code page of a varchar lacks. */
function sent(text: string, { kind, unicode }: Variable, size: number | null | undefined): string {
  if (kind !== 'text') return text;
  const cut = size !== null && size !== undefined && size > 0 ? text.slice(0, size) : text;
  return unicode ? cut : inCodePage(cut);
}

function held(text: string, { kind, type }: Variable): SqlValue {
  if (kind === 'binary') return hexOf(text, type.name);
  if (kind === 'int') return fitInteger(text, type.name);
  if (kind === 'datetime') {
    const value = convertText(text, kind);
    if (type.name === 'date') return `${String(value).slice(0, 10)}T00:00:00`;
    return type.name === 'datetime' ? roundToDateTime(String(value)) : value;
  }
  const value = convertText(text, kind, type.name);
  if (exact.includes(type.name)) decimalsOf(String(text));
  return value;
}

function hexOf(base64: string, type: string): string {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64').replace(/=+$/, '') !== base64.replace(/=+$/, '')) {
    throw new SqlServerError(8114, `Error converting data type nvarchar to ${type}.`);
  }
  return bytes.toString('hex').toUpperCase();
}
