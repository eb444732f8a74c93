import { SqlServerError } from './sql-server-error.ts';

/** Digits in all, and behind the point. */
export interface Decimals {
  readonly precision: number;
  readonly scale: number;
}

/** As many digits does a double hold, which is what numbers are kept in. */
const maxDigits = 15;
const maxPrecision = 38;

/** The digits of a number's text. Throws 8115 for one with more than can be kept. */
export function decimalsOf(text: string): Decimals {
  const [whole = '', behind = ''] = text.trim().replace(/^[-+]/, '').split('.');
  const digits = `${whole}${behind}`.replace(/^0+/, '');
  if (digits.replace(/0+$/, '').length > maxDigits) throw overflow('numeric');
  return { precision: Math.max(1, digits.length, behind.length), scale: behind.length };
}

/** Rounded to the scale, half away from zero. Throws 8115 for a number with more digits than the precision. */
export function toDecimal(value: number, { precision, scale }: Decimals): number {
  const rounded = shifted(Math.round(shifted(Math.abs(value), scale)), -scale);
  if (!Number.isFinite(rounded) || rounded >= 10 ** (precision - scale)) throw overflow('numeric');
  return rounded === 0 ? 0 : Math.sign(value) * rounded;
}

/** Division of decimals: digits after the scale are cut off. */
export function dividedDecimals(left: number, right: number, scale: number): number {
  const digits = (value: number) => value.toPrecision(maxDigits);
  const [a, b] = [exactly(digits(left)), exactly(digits(right))];
  // Both as integers with the same scale, so that their quotient is that of the decimals.
  const places = Math.max(a.places, b.places);
  const numerator = a.whole * 10n ** BigInt(places - a.places + scale);
  const denominator = b.whole * 10n ** BigInt(places - b.places);
  return shifted(Number(numerator / denominator), -scale);
}

/** Precision and scale of a result. */
export function combined(operator: string, left: Decimals, right: Decimals): Decimals {
  const whole = Math.max(left.precision - left.scale, right.precision - right.scale);
  const sum = Math.max(left.scale, right.scale);
  if (operator === '*') return limited(left.precision + right.precision + 1, left.scale + right.scale);
  if (operator !== '/') return limited(whole + sum + 1, sum);
  const scale = Math.max(6, left.scale + right.precision + 1);
  return limited(left.precision - left.scale + right.scale + scale, scale);
}

/** Beyond 38 digits, the scale is reduced, down to six digits. */
function limited(precision: number, scale: number): Decimals {
  if (precision <= maxPrecision) return { precision, scale };
  return {
    precision: maxPrecision,
    scale: Math.max(Math.min(scale, 6), scale - (precision - maxPrecision)),
  };
}

function exactly(text: string): { whole: bigint; places: number } {
  const [mantissa = '0', exponent = '0'] = text.split('e');
  const [front = '0', behind = ''] = mantissa.split('.');
  const places = behind.length - Number(exponent);
  const whole = BigInt(`${front}${behind}`);
  return places >= 0 ? { whole, places } : { whole: whole * 10n ** BigInt(-places), places: 0 };
}

function shifted(value: number, places: number): number {
  const [mantissa, exponent = '0'] = String(value).split('e');
  return Number(`${mantissa}e${Number(exponent) + places}`);
}

function overflow(type: string): SqlServerError {
  return new SqlServerError(8115, `Arithmetic overflow error converting numeric to data type ${type}.`);
}

/** A decimal with all its digits behind the point; a float (`scale` below zero) with six in all, as CAST writes it. */
export function numberText(value: number, scale: number): string {
  if (scale >= 0) return value.toFixed(scale);
  const short = Number(value.toPrecision(6));
  if (short === 0 || (Math.abs(short) >= 1e-4 && Math.abs(short) < 1e6)) return String(short);
  const [mantissa, exponent = '+0'] = short.toExponential().split('e');
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(3, '0')}`;
}
