import { Temporal } from 'temporal-polyfill';
import { badSearch } from './outcome.ts';
import type { Bind, Facade, Test } from './resource-kind.ts';
import { wallTextOf } from './wall-clock.ts';

type Prefix = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'sa' | 'eb';

/** A moment that a search names: on the wall, or with an offset and so the same everywhere. */
interface Bound {
  inZone(zone: string): string;
  readonly anywhere: boolean;
}

/** SQL for `column >= bound` or `column < bound`; a bound in a zone is `YYYY-MM-DDTHH:MM:SS`. */
export type Compare = (operator: '>=' | '<', bound: Bound, bind: Bind, facade: Facade) => string;

const written =
  /^(eq|ne|gt|ge|lt|le|sa|eb)?(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/** The stretch of time that a FHIR date of any precision covers: from `low` to just before `high`. */
export function stretchOf(value: string): {
  readonly prefix: Prefix;
  readonly low: Bound;
  readonly high: Bound;
} {
  const match = written.exec(value);
  const [, prefix = 'eq', year = '', month, day, clock, second, offset = ''] = match ?? [];
  if (!match) throw badSearch('A date is not written as FHIR writes dates');
  const unit = second ? 'seconds' : clock ? 'minutes' : day ? 'days' : month ? 'months' : 'years';
  try {
    const text = `${year}-${month ?? '01'}-${day ?? '01'}T${clock ?? '00:00'}:${second ?? '00'}`;
    const low = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
    const high = low.add({ [unit]: 1 });
    return { prefix: prefix as Prefix, low: boundOf(low, offset), high: boundOf(high, offset) };
  } catch (error) {
    if (error instanceof RangeError) throw badSearch('A date does not exist');
    throw error;
  }
}

/** The database stores years with four digits. Later dates count as after its last moment. */
function boundText(wall: string): string {
  return wall.startsWith('+') ? '9999-12-31T24:00:00' : wall;
}

function boundOf(wall: Temporal.PlainDateTime, offset: string): Bound {
  const text = wall.toString({ smallestUnit: 'second' });
  if (offset === '') return { anywhere: true, inZone: () => boundText(text) };
  const instant = wall
    .toZonedDateTime(offset === 'Z' ? 'UTC' : offset)
    .toInstant()
    .toString();
  return { anywhere: false, inZone: (zone) => boundText(wallTextOf(instant, zone)) };
}

/** Date parameter over anything that can be compared with a bound. */
export function dated(compare: Compare): Test {
  return (value, bind, facade) => {
    const { prefix, low, high } = stretchOf(value);
    const sql = (operator: '>=' | '<', bound: Bound): string => compare(operator, bound, bind, facade);
    const within = (): string => `${sql('>=', low)} AND ${sql('<', high)}`;
    switch (prefix) {
      case 'eq':
        return within();
      case 'ne':
        return `NOT (${within()})`;
      case 'ge':
        return sql('>=', low);
      case 'le':
        return sql('<', high);
      case 'gt':
      case 'sa':
        return sql('>=', high);
      case 'lt':
      case 'eb':
        return sql('<', low);
    }
  };
}

/** A datetime column with local time in the practice's zone. */
export function wallColumn(column: string): Compare {
  return (operator, bound, bind, { practice }) =>
    `${column} ${operator} ${bind(bound.inZone(practice.timeZone))}`;
}
