import { isDeepStrictEqual } from 'node:util';
import { tables } from '../database/schema.ts';
import { badResource, unacceptable } from './outcome.ts';

/** An object of a sent resource: any element may be missing or have any type. */
export type Fields = Readonly<Record<string, unknown>>;
export type Columns = Readonly<Record<string, string | number | null>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A repeating element; absent means an empty list. Throws a FhirRefusal 400 for anything but a list of objects. */
export function repeated(resource: Fields, element: string): readonly Fields[] {
  const value = resource[element] ?? [];
  if (Array.isArray(value) && value.every(isFields)) return value;
  throw badResource(`${element} is no list of elements`);
}

/** Trimmed text; null if absent. Throws a FhirRefusal 400 if the value is not a text or is empty. */
export function textOf(value: unknown, path: string): string | null {
  if (value === undefined) return null;
  if (typeof value !== 'string' || value.trim() === '') throw badResource(`${path} is no text`);
  return value.trim();
}

/** Throws a FhirRefusal 422 when an element has values without a column. */
export function keepsOnly(fields: Fields, names: readonly string[], path: string): void {
  for (const name of Object.keys(fields))
    if (!names.includes(name)) throw unacceptable(`${path}: ${knownWord(name)} cannot be kept`);
}

/** The client chose these names: a name that is not valid in FHIR is not repeated. */
function knownWord(name: string): string {
  return /^_?[a-zA-Z]{1,40}$/.test(name) ? name : 'something';
}

/** The one element of a kind, if any. Throws a FhirRefusal 422 for several. */
export function atMostOne<T>(found: readonly T[], path: string): T | undefined {
  if (found.length > 1) throw unacceptable(`${path}: only one can be kept`);
  return found[0];
}

/** Throws a FhirRefusal 422 for text that is longer than its column. */
export function fitting(table: string, columns: Columns, path: string): Columns {
  for (const { name, type } of tables.get(table)?.columns ?? []) {
    const value = columns[name];
    if ('length' in type && typeof value === 'string' && value.length > type.length)
      throw unacceptable(`${path} is too long`);
  }
  return columns;
}

/** Throws a FhirRefusal 400 when any other element changed. `meta` belongs to the server and is ignored. */
export function onlyChanges(element: string, current: Fields, sent: Fields): void {
  const names = new Set([...Object.keys(current), ...Object.keys(sent)]);
  for (const name of names) {
    if (name === element || name === 'meta' || isDeepStrictEqual(current[name], sent[name])) continue;
    throw badResource(`${current.resourceType}: only ${element} can change`);
  }
}

/** A wall date that exists. Throws a FhirRefusal 400, or 422 for a year, a month or a moment. */
export function wholeDay(value: unknown, path: string): string {
  const text = textOf(value, path);
  if (text === null) throw badResource(`${path} is missing`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw unacceptable(`${path} is no whole day`);
  const midnight = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(text))
    throw badResource(`${path} does not exist`);
  // The first year of SQL Server's datetime.
  if (text < '1753-01-01') throw unacceptable(`${path} cannot be kept`);
  return text;
}
