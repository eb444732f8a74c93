import { parametersAt } from './capability.ts';
import { badSearch } from './outcome.ts';
import type { Facade, ResourceKind } from './resource-kind.ts';
import { cutAt, nothing, unescaped } from './search-values.ts';

/** A search as SQL, with the form of its response. */
interface SearchRequest {
  readonly where: string;
  readonly order: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly count: number;
  readonly elements: readonly string[];
}

const defaultCount = 50;
const maximumCount = 500;

/**
 * Repeated parameters are AND, commas OR; a parameter without a value is no condition. Throws a 400 FhirRefusal for what
 * this practice's server does not list.
 */
export function readSearch(facade: Facade, kind: ResourceKind, parameters: URLSearchParams): SearchRequest {
  const params: Record<string, string | number> = {};
  const bind = (value: string | number): string => {
    const name = `@p${Object.keys(params).length}`;
    params[name] = value;
    return name;
  };
  const known = parametersAt(facade.practice, kind);
  const conditions = [kind.current];
  let order = kind.order;
  let count = defaultCount;
  let elements: readonly string[] = [];
  for (const [name, value] of parameters) {
    if (name === '_format') continue;
    if (name === '_count') count = readCount(value);
    else if (name === '_elements') elements = facade.practice.assumedFhir ? value.split(',') : [];
    else if (name === '_sort') order = readSort(kind, value);
    else if (name === '_id') conditions.push(anyId(kind, value, bind));
    else {
      const parameter = known.find((each) => each.name === name);
      if (!parameter) throw badSearch(`Unknown search parameter for resource ${kind.type}`);
      const values = cutAt(',', value).filter((each) => each.trim() !== '');
      const tests = values.map((each) => `(${parameter.test(each, bind, facade)})`);
      if (tests.length > 0) conditions.push(`(${tests.join(' OR ')})`);
    }
  }
  return { where: conditions.join(' AND '), order: order.join(', '), params, count, elements };
}

function readCount(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw badSearch('_count is not a whole number');
  return Math.min(Number(value), maximumCount);
}

/** The id breaks every tie. */
function readSort(kind: ResourceKind, value: string): string[] {
  const keys = value.split(',').flatMap((key) => {
    const columns = kind.sorts[key.replace(/^-/, '')];
    if (!columns) throw badSearch(`Unknown _sort for resource ${kind.type}`);
    return columns.map((column) => (key.startsWith('-') ? `${column} DESC` : column));
  });
  return [...keys, kind.id];
}

/** SQL for a comma-separated list of ids. A text that cannot be an id of this type matches no row. */
function anyId(kind: ResourceKind, value: string, bind: (value: string | number) => string): string {
  const ids = cutAt(',', value)
    .map(unescaped)
    .flatMap((id) => idValue(kind, id));
  return ids.length > 0 ? `${kind.id} IN (${ids.map(bind).join(', ')})` : nothing;
}

/** How the database writes a logical id, or nothing. */
export function idValue({ numericId }: ResourceKind, id: string): (string | number)[] {
  if (!numericId) return [id];
  return /^[1-9]\d{0,14}$/.test(id) ? [Number(id)] : [];
}
