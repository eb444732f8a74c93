import type { SqlCommandParameter, SqlOutputParameter } from './site-sql.ts';

/** An output parameter as it was received. */
export interface WireParameter {
  readonly name: string;
  readonly direction: string | null;
  readonly type: string | null;
  readonly value: unknown;
}

const plainForms: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    'BigInt Int SmallInt TinyInt': /^-?\d+$/,
    'Decimal Float Money Real SmallMoney': /^-?[\d.,]+(e[-+]?\d+)?$/i,
    Bit: /^(true|false|0|1)$/i,
    'Date DateTime DateTime2 DateTimeOffset SmallDateTime Time': /^\d[\dTZ:.,/ +-]*( ?[ap]\.?m\.?)?$/i,
    UniqueIdentifier: /^\{?[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\}?$/i,
  }).flatMap(([types, form]) => types.split(' ').map((type) => [type, form] as const)),
);
/** Values of these types stay base64, as the contract describes them. */
const binary: ReadonlySet<string> = new Set(['Binary', 'Image', 'Timestamp', 'Udt', 'VarBinary']);

/**
 * The output parameters of a command. The contract describes output values as base64, but its example is plain (assumption
 * H19). So the values of a response are decoded only if each of them is canonical base64 of UTF-8 text that is valid for its
 * type: a number, a date, or text without control characters. Otherwise all values are plain. No number or date is
 * ambiguous.
 */
export function outputParameters(
  found: readonly WireParameter[],
  sent: readonly SqlCommandParameter[],
): readonly SqlOutputParameter[] {
  const inputs = new Set(
    sent.filter(({ direction }) => direction === 'input').map(({ name }) => name.toLowerCase()),
  );
  const types = new Map(sent.map(({ name, type }) => [name.toLowerCase(), type]));
  const outputs = found
    .filter(({ name, direction }) =>
      direction === null ? !inputs.has(name.toLowerCase()) : direction !== 'input',
    )
    .map(({ name, type, value }) => ({
      name,
      type: type ?? types.get(name.toLowerCase()) ?? '',
      value: value === null || value === undefined ? null : String(value),
    }));
  const encoded = areEncoded(outputs);
  return outputs.map(({ name, type, value }) => ({
    name,
    value: value !== null && encoded && !binary.has(type) ? decoded(value) : value,
  }));
}

function areEncoded(outputs: readonly { type: string; value: string | null }[]): boolean {
  const values = outputs.flatMap(({ type, value }) =>
    value === null || value === '' || binary.has(type) ? [] : [{ form: plainForms.get(type), value }],
  );
  if (values.length === 0) return false;
  return values.every(({ form, value }) => {
    const text = decoded(value);
    return text !== null && (form ? form.test(text) : isClean(text));
  });
}

/** Null if the value is not base64 of UTF-8 text. */
function decoded(value: string): string | null {
  const bytes = Buffer.from(value, 'base64');
  const text = bytes.toString('utf8');
  return bytes.toString('base64') === value && Buffer.from(text, 'utf8').equals(bytes) ? text : null;
}

function isClean(text: string): boolean {
  return !/[^\P{C}\t\r\n]/u.test(text);
}
