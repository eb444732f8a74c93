import { daysBetween } from '../database/dates.ts';
import { searchset } from './bundle.ts';
import { type FreeTime, freeTimes } from './free-times.ts';
import { badSearch } from './outcome.ts';
import type { Facade, FhirResource } from './resource-kind.ts';
import { stretchOf } from './search-dates.ts';
import { cutAt, unescaped } from './search-values.ts';
import { endOf, instantOf } from './wall-clock.ts';
import { zoneOf } from './zones.ts';

/**
 * `Slot/$find-free?start=&end=[&practitioner=][&location=]` returns every free slot that starts from `start` to `end`
 * (a date means the whole day), then the Schedules of these slots, in one page. Wall times that the clocks skip are
 * left out. All of this is assumed.
 */
export function findFree({ practice, database, today }: Facade, query: URLSearchParams): unknown {
  const unknown = [...query.keys()].some((name) => !parameters.includes(name));
  if (unknown) throw badSearch('Unknown parameter for operation $find-free');
  const { low } = moment(query, 'start');
  const { high } = moment(query, 'end');
  const zones = [...new Set([practice.timeZone, ...practice.locations.map(({ timeZone }) => timeZone)])];
  // The widest range of local dates that the two instants can have. Each slot is then compared in its own zone.
  const from = zones.map((zone) => low.inZone(zone).slice(0, 10)).sort()[0] ?? '';
  const to =
    zones
      .map((zone) => high.inZone(zone).slice(0, 10))
      .sort()
      .at(-1) ?? '';
  if (daysBetween(from, to) > longestRange) throw badSearch('$find-free: the range has too many days');
  const free = freeTimes(database, {
    today,
    from,
    to,
    userIds: ids(query, 'practitioner', 'Practitioner'),
    locationIds: ids(query, 'location', 'Location'),
  });
  const slots = free.flatMap((time) => {
    const zone = zoneOf(practice, time.locationId);
    const wall = `${time.date}T${clock(time.start)}`;
    if (instantOf(time.date, time.start, zone).slice(0, 19) !== wall) return [];
    return wall >= low.inZone(zone) && wall < high.inZone(zone) ? [slotOf(time, zone)] : [];
  });
  const schedules = new Map(free.map((time) => [scheduleId(time), time]));
  const named = new Set(slots.map(({ schedule }) => schedule.reference));
  return searchset(practice, {
    type: 'Slot',
    total: slots.length,
    entries: [
      ...slots.map((resource) => ({ resource, mode: 'match' as const })),
      ...[...schedules.values()]
        .map(scheduleOf)
        .filter(({ id }) => named.has(`Schedule/${id}`))
        .map((resource) => ({ resource, mode: 'include' as const })),
    ],
  });
}

/** Days. */
const longestRange = 400;
const parameters = ['start', 'end', 'practitioner', 'location', '_format'];

function moment(query: URLSearchParams, name: string): ReturnType<typeof stretchOf> {
  const value = query.get(name);
  if (!value || !/^\d{4}-\d{2}-\d{2}/.test(value))
    throw badSearch(`$find-free needs ${name}: a date or dateTime`);
  return stretchOf(value);
}

function ids(query: URLSearchParams, name: string, type: string): readonly number[] | undefined {
  const value = query.get(name);
  if (!value) return undefined;
  return cutAt(',', value)
    .map((each) => unescaped(each).replace(new RegExp(`^${type}/`), ''))
    .filter((id) => /^\d{1,15}$/.test(id))
    .map(Number);
}

function clock(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 19);
}

const scheduleId = ({ userId, locationId }: FreeTime): string => `${userId}-${locationId}`;

/** Appointment type of a slot that is reserved for bookings on the day (assumption S39). */
const walkIn = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0276', code: 'WALKIN' }],
};

function slotOf(time: FreeTime, zone: string) {
  const { date, start, length, onTheDay } = time;
  return {
    resourceType: 'Slot',
    id: `${scheduleId(time)}-${date.replaceAll('-', '')}-${start}`,
    schedule: { reference: `Schedule/${scheduleId(time)}` },
    status: 'free',
    start: instantOf(date, start, zone),
    end: endOf(date, start, length, zone),
    ...(onTheDay && { appointmentType: walkIn }),
  };
}

function scheduleOf(time: FreeTime): FhirResource {
  return {
    resourceType: 'Schedule',
    id: scheduleId(time),
    active: true,
    actor: [{ reference: `Practitioner/${time.userId}` }, { reference: `Location/${time.locationId}` }],
  };
}
