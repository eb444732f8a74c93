import { addSeconds, epochMs, wallDate } from '../../time/local.ts';
import { compareIds } from '../domain/order.ts';
import type { Slot, SlotQuery, SlotSearch } from '../domain/slot.ts';
import {
  type FhirParameters,
  type FhirResource,
  type PracticeConnection,
  unreadableEntry,
} from '../halo-cloud/practice-connection.ts';
import type { Places, Site } from './places.ts';
import { element, elements, text } from './read-element.ts';
import { readInstant } from './read-time.ts';
import { idChunks, malformed, readResources, referenceList, referenceTo } from './references.ts';

// Rests on assumption F4.

/** FHIR's code for walk-in appointments. A slot with it is reserved for same-day bookings (F4). */
const walkIn = 'WALKIN';

/** A free slot with its Schedule. Consecutive slots of one schedule can be joined. */
interface FreeSlot extends Omit<Slot, 'durationMinutes'> {
  readonly schedule: string | null;
}

/**
 * Free slots by `Slot/$find-free` (F4), one request for 500 users. With `durationMinutes`, a slot is a start for an
 * appointment of that length: consecutive free slots of one schedule are joined. FHIR does not give a reason for an empty
 * result, so `emptyBecause` is null.
 */
export async function findSlots(site: Site, query: SlotQuery): Promise<SlotSearch> {
  const requests = requestsFor(query);
  if (requests.length === 0) return { slots: [], emptyBecause: null, complete: true };
  const [places, ...answers] = await Promise.all([
    site.places(),
    ...requests.map((parameters) => site.connection.fhirOperation('Slot', 'find-free', parameters)),
  ]);
  const free = answers
    .flatMap((resources) => readFree(site.connection, resources, query, places))
    .toSorted((a, b) => epochMs(a.start) - epochMs(b.start) || compareIds(a.userId ?? '', b.userId ?? ''));
  const { durationMinutes } = query;
  const inRange = (slot: Slot) =>
    wallDate(slot.start) >= query.from &&
    wallDate(slot.start) <= query.to &&
    epochMs(slot.start) >= site.connection.now();
  const kept = (slot: FreeSlot) =>
    slot.onTheDay && wallDate(slot.start) !== site.connection.today(places.zoneAt(slot.locationId));
  const bookable = free.filter((slot) => !kept(slot));
  const slots =
    durationMinutes === undefined ? bookable.map(asItIs) : startsFor(bookable, durationMinutes, places);
  const onTheDayOnly = free.filter(kept).map(asItIs).filter(inRange);
  return { slots: slots.filter(inRange), emptyBecause: null, onTheDayOnly, complete: true };
}

function requestsFor(query: SlotQuery): readonly FhirParameters[] {
  const locations = query.locationId === undefined ? [[]] : idChunks([query.locationId]);
  const users = query.userIds === undefined ? [[]] : idChunks(query.userIds);
  return locations.flatMap(([locationId]) =>
    users.map(
      (ids): FhirParameters => [
        ['start', query.from],
        ['end', query.to],
        ...(ids.length > 0 ? [['practitioner', referenceList('Practitioner', ids)] as const] : []),
        ...(locationId === undefined ? [] : [['location', referenceList('Location', [locationId])] as const]),
      ],
    ),
  );
}

function readFree(
  connection: PracticeConnection,
  resources: readonly FhirResource[],
  query: SlotQuery,
  places: Places,
): readonly FreeSlot[] {
  const schedules = new Map<string | null, FhirResource>();
  const usable = resources.filter((resource) => element(resource) !== null);
  for (const resource of usable) {
    if (resource.resourceType === 'Schedule') schedules.set(text(resource.id), resource);
  }
  const free = usable.filter(
    ({ resourceType, status }) =>
      (resourceType === 'Slot' && status === 'free') || resourceType === unreadableEntry.resourceType,
  );
  const narrowed = query.userIds !== undefined || query.locationId !== undefined;
  return readResources(connection, free, (resource) => {
    const slot = readSlot(resource, schedules, places);
    if (narrowed && !schedules.has(slot.schedule)) throw malformed('Slot', 'schedule');
    return slot;
  }).filter(
    ({ userId, locationId }) =>
      (query.userIds === undefined || (userId !== null && query.userIds.includes(userId))) &&
      (query.locationId === undefined || locationId === query.locationId),
  );
}

function readSlot(
  resource: FhirResource,
  schedules: ReadonlyMap<string | null, FhirResource>,
  places: Places,
): FreeSlot {
  const schedule = referenceTo('Schedule', resource.schedule);
  const actors = schedule === null ? [] : elements(schedules.get(schedule)?.actor);
  const first = (resourceType: string) =>
    actors.map((actor) => referenceTo(resourceType, actor)).find((id) => id !== null) ?? null;
  const locationId = first('Location');
  const zone = places.zoneAt(locationId);
  const start = readInstant(resource.start, zone);
  const end = readInstant(resource.end, zone);
  if (start === null) throw malformed('Slot', 'start');
  if (end === null) throw malformed('Slot', 'end');
  const onTheDay = elements(element(resource.appointmentType)?.coding).some(({ code }) => code === walkIn);
  return { schedule, start, end, userId: first('Practitioner'), locationId, onTheDay };
}

function asItIs({ start, end, userId, locationId, onTheDay }: FreeSlot): Slot {
  return {
    start,
    end,
    durationMinutes: Math.round((epochMs(end) - epochMs(start)) / 60_000),
    userId,
    locationId,
    onTheDay,
  };
}

/** The slots from whose start the schedule is free for that duration. Expects the slots in order of time. */
function startsFor(free: readonly FreeSlot[], durationMinutes: number, places: Places): readonly Slot[] {
  const freeUntil = new Map<FreeSlot, number>();
  const next = new Map<string | null, { start: number; until: number }>();
  for (const slot of free.toReversed()) {
    const end = epochMs(slot.end);
    const following = next.get(slot.schedule);
    const touches = slot.schedule !== null && following !== undefined && following.start <= end;
    const until = touches ? Math.max(end, following.until) : end;
    freeUntil.set(slot, until);
    next.set(slot.schedule, { start: epochMs(slot.start), until });
  }
  return free
    .filter((slot) => epochMs(slot.start) + durationMinutes * 60_000 <= (freeUntil.get(slot) ?? 0))
    .map(({ start, userId, locationId, onTheDay }) => ({
      start,
      end: addSeconds(start, durationMinutes * 60, places.zoneAt(locationId)),
      durationMinutes,
      userId,
      locationId,
      onTheDay,
    }));
}
