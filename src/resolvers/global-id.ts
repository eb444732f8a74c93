/**
 * Global ids: `<type>:<PMS>:<PMS site id>[:<PMS id>]`, encoded. They name the practice and never the Halo GUID, so that they
 * survive a server migration. Two exceptions: a site without a PMS id is `GUID:<Halo GUID>`, and a query that was sent to one
 * site is `SqlQuery:GUID:<Halo GUID>:<query id>`.
 */
import { encodeGlobalID } from '@pothos/plugin-relay';
import type { PracticeManagementSystem } from '../datasources/domain/pms.ts';
import type { Practice } from '../datasources/practice/practice.ts';
import type { InputCheck } from './check-input.ts';
import type {
  Appointment,
  DayAway,
  DayClosed,
  NodeEntity,
  RegisteredSqlQuery,
  Slot,
  SqlQuery,
} from './entities.ts';
import { longestSiteId } from './limits.ts';

export type NodeType = NodeEntity['kind'];
type QueryType = 'SqlQuery' | 'RegisteredSqlQuery';
/** Types whose id is only a cache key. `node` does not return them. */
export type KeyedType = 'Slot' | 'DayAway' | 'DayClosed';
type IdType = NodeType | KeyedType;

/** The id of a practice, or of a record of it. */
interface IdWithin<Type extends IdType> {
  readonly type: Type;
  readonly pms: PracticeManagementSystem;
  readonly pmsSiteId: string;
  /** Null for the practice itself and for its site. */
  readonly pmsId: string | null;
}

export type GlobalId =
  | IdWithin<Exclude<NodeType, QueryType>>
  | IdWithin<KeyedType>
  | { readonly type: 'Site'; readonly haloGuid: string }
  | { readonly type: QueryType; readonly haloGuid: string; readonly queryId: string };

const types: readonly IdType[] = [
  'Practice',
  'Site',
  'Location',
  'ClinicHours',
  'User',
  'Patient',
  'Appointment',
  'AppointmentType',
  'Slot',
  'DayAway',
  'DayClosed',
  'SqlQuery',
  'RegisteredSqlQuery',
];
const wholePractice: ReadonlySet<IdType> = new Set(['Practice', 'Site']);
const systems: readonly string[] = ['BEST_PRACTICE', 'ZEDMED', 'D4W'];
/** Every type begins with a capital letter, in base64 with one of these. Most ids are plain numbers and need no decoding. */
const capitalFirst = /^[Q-W]/;
/** Characters. A PMS site id has at most 100; each can take 12 bytes, which are 16 characters in base64. */
const maxLength = 2_000;
const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The part of a global id that follows the type. */
export function localPart(
  place: { readonly pms: string; readonly pmsSiteId: string },
  pmsId?: string,
): string {
  const parts = [place.pms, place.pmsSiteId, ...(pmsId === undefined ? [] : [pmsId])];
  return parts.map(encodeURIComponent).join(':');
}

export const placeOf = ({ connection }: Practice) => ({
  pms: connection.pms,
  pmsSiteId: connection.bpSiteId,
});

/** The global id of an appointment. */
export const globalIdOf = ({ kind, practice, data }: Appointment): string =>
  encodeGlobalID(kind, localPart(placeOf(practice), data.pmsId));

/** The global id of a record that `node` does not return. It stays the same while the record exists. */
export function keyOf(thing: Slot | DayAway | DayClosed): string {
  return encodeGlobalID(thing.kind, localPart(placeOf(thing.practice), keyWithin(thing)));
}

/** A free slot is identified by its start and length, days closed without a PMS id by their dates. */
function keyWithin(thing: Slot | DayAway | DayClosed): string {
  if (thing.kind === 'Slot') {
    const { userId, start, durationMinutes } = thing.data;
    return `${userId ?? ''} ${start} ${durationMinutes}`;
  }
  if (thing.kind === 'DayAway') return thing.data.pmsId;
  const { pmsId, from, to, locationId } = thing.data;
  return pmsId ?? `${from} ${to} ${locationId ?? ''}`;
}

/** The part of a query's global id that follows the type. */
export const queryPart = ({ sqlSite, data }: SqlQuery | RegisteredSqlQuery): string =>
  localPart({ pms: 'GUID', pmsSiteId: sqlSite.haloGuid.toLowerCase() }, data.queryId.toLowerCase());

/** Undefined if the text is not a global id. */
export function readGlobalId(text: string): GlobalId | undefined {
  if (text.length > maxLength || !capitalFirst.test(text)) return undefined;
  const decoded = Buffer.from(text, 'base64').toString();
  const [typeName, pms = '', ...rest] = decoded.split(':');
  const type = types.find((known) => known === typeName);
  if (!type || encodeGlobalID(type, decoded.slice(type.length + 1)) !== text) return undefined;
  const [pmsSiteId, pmsId, ...more] = rest.map(decodePart);
  if (!pmsSiteId || more.length > 0 || pmsId === '') return undefined;
  // Each practice has one spelling. Caches, limits and access rules are keyed on it.
  if (pmsSiteId !== pmsSiteId.trim() || pmsSiteId.length > longestSiteId) return undefined;
  if (type === 'Site' && pms === 'GUID' && pmsId === undefined) return { type, haloGuid: pmsSiteId };
  if (type === 'SqlQuery' || type === 'RegisteredSqlQuery') {
    if (pms !== 'GUID' || pmsId === undefined || !guid.test(pmsSiteId) || !guid.test(pmsId)) return undefined;
    return { type, haloGuid: pmsSiteId, queryId: pmsId };
  }
  if (!systems.includes(pms) || wholePractice.has(type) !== (pmsId === undefined)) return undefined;
  return { type, pms: pms as PracticeManagementSystem, pmsSiteId, pmsId: pmsId ?? null } as GlobalId;
}

/** Reads a PMS id, or a global id of this type in this practice. Any other global id is an issue. */
export function readPmsId(
  check: InputCheck,
  path: readonly string[],
  text: string,
  type: IdType,
  practice: Practice,
): string {
  const global = readGlobalId(text);
  if (!global) return text;
  const { pms, pmsSiteId } = placeOf(practice);
  if (global.type !== type || 'haloGuid' in global) {
    check.reject(path, `This is the id of a ${global.type}, not of a ${type}.`);
  } else if (global.pms !== pms || global.pmsSiteId !== pmsSiteId) {
    check.reject(path, 'This id belongs to another practice.');
  } else {
    return global.pmsId ?? text;
  }
  return text;
}

/** Malformed percent-encoding becomes the empty string, which is not an id. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
