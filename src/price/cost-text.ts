import type { SourcePreference } from '../datasources/domain/pms.ts';
import { totalCalls } from '../datasources/practice/source-order.ts';
import { boundOfAll } from './steps.ts';
import type { ChangePrice } from './write-prices.ts';

const words = [
  'none',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
];

/** For descriptions: `Cost: at most two charged calls with SQL Passthrough, four with the Bp Premier API.` */
export function costText(change: ChangePrice): string {
  const sql = maxCalls(change, 'sql-passthrough');
  const calls = sql === 1 ? 'charged call' : 'charged calls';
  const fhir = maxCalls(change, 'bp-premier');
  return `Cost: at most ${inWords(sql)} ${calls} with SQL Passthrough, ${inWords(fhir)} with the Bp Premier API.`;
}

export const maxCalls = ({ plainSteps }: ChangePrice, source: SourcePreference): number =>
  totalCalls(boundOfAll(plainSteps, source));

const inWords = (calls: number): string => words[calls] ?? String(calls);
