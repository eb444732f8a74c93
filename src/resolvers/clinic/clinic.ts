import type * as domain from '../../datasources/domain/index.ts';
import { isPmsId, type Practice } from '../../datasources/practice/practice.ts';
import { NotFound } from '../../errors.ts';
import type { Maybe } from '../../lib/maybe.ts';
import { InputCheck } from '../check-input.ts';
import { locationCursor } from '../cursor.ts';
import type { ClinicHours, DayClosed, Location, Nodes, Page, PracticeEntity } from '../entities.ts';
import { readPmsId } from '../global-id.ts';
import { pageLimits } from '../limits.ts';
import { pageOf } from '../page.ts';
import { type Opening, openingAt } from './opening.ts';

/** `Practice.locations` */
export async function locationsOfPractice(
  { practice }: PracticeEntity,
  args: { readonly first?: Maybe<number>; readonly after?: Maybe<string> },
): Promise<Page<Location>> {
  const check = new InputCheck();
  const first = check.first(args.first, pageLimits.locations);
  const after = check.after(args.after, locationCursor.decode);
  check.done();
  const all = await practice.locations();
  const rows = after === undefined ? all : all.filter(({ pmsId }) => Number(pmsId) > Number(after));
  return pageOf(rows, {
    first,
    continued: after !== undefined,
    nodeOf: (data): Location => ({ kind: 'Location', practice, data }),
    cursorOf: locationCursor.encode,
  });
}

/** `Practice.clinicHours`, by default of the main location. */
export async function clinicHoursOfPractice(
  { practice }: PracticeEntity,
  args: { readonly locationId?: Maybe<string> },
): Promise<ClinicHours> {
  const check = new InputCheck();
  const id = args.locationId
    ? readPmsId(check, ['locationId'], args.locationId, 'Location', practice)
    : undefined;
  check.done();
  const hours = await clinicHoursAt(practice, id);
  if (!hours)
    throw new NotFound({ message: 'The practice has no such location, or no opening hours for it.' });
  return hours;
}

/** The week of a location; without an id, of the main location. Null if there is no such location or no week for it. */
export async function clinicHoursAt(practice: Practice, id: string | undefined): Promise<ClinicHours | null> {
  if (id !== undefined && !isPmsId(id)) return null;
  const [locations, weeks] = await Promise.all([practice.locations(), practice.clinicWeeks()]);
  const location = id === undefined ? locations[0] : locations.find(({ pmsId }) => pmsId === id);
  const week = weeks.find(({ locationId }) => locationId === location?.pmsId);
  return location && week ? { kind: 'ClinicHours', practice, data: { location, week } } : null;
}

/** `ClinicHours.openNow` and `nextOpening` */
export function openingOf({ practice, data }: ClinicHours): Opening {
  return openingAt(data.week.week, data.location.timeZone, practice.connection.now());
}

/** `Practice.daysClosed` */
export async function daysClosedOfPractice(
  { practice }: PracticeEntity,
  args: { readonly from: string; readonly to: string; readonly locationId?: Maybe<string> },
): Promise<Nodes<DayClosed>> {
  const check = new InputCheck();
  const range = check.days(args);
  const locationId = args.locationId
    ? readPmsId(check, ['locationId'], args.locationId, 'Location', practice)
    : undefined;
  check.done();
  const days: readonly domain.DayClosed[] =
    locationId !== undefined && !isPmsId(locationId)
      ? []
      : await practice.data.daysClosed({ ...range, ...(locationId === undefined ? {} : { locationId }) });
  return { nodes: days.map((data) => ({ kind: 'DayClosed', practice, data })) };
}
