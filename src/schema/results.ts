/** The result unions of the reading fields: the result and the HaloErrors that can occur. */
import type { ObjectRef } from '@pothos/core';
import type { UnionKind } from '../error-codes.ts';
import { builder } from './builder/builder.ts';
import { errorsOf } from './builder/errors-of.ts';
import {
  AppointmentConnection,
  AppointmentTypes,
  DaysAway,
  DaysClosed,
  LocationConnection,
  PatientConnection,
  Sessions,
  Sites,
  UserConnection,
} from './builder/lists.ts';
import {
  AppointmentChangesRef,
  AppointmentRef,
  AvailableSlotsRef,
  ClinicHoursRef,
  PatientRef,
  PracticeRef,
  SiteCapabilitiesRef,
  SiteRef,
  UserRef,
} from './refs.ts';

type Types = typeof builder.$inferSchemaTypes;

/** The union of a result and its possible errors. */
export function result<Thing>(name: string, thing: ObjectRef<Types, Thing>, kind: UnionKind, what: string) {
  return builder.errorUnion(name, {
    description: `${what}, or the reason for the failure. Select \`... on HaloError { code message }\` to handle every failure.`,
    types: [thing, ...errorsOf(kind)],
    resolveType: () => thing.name,
  });
}

/** The type of a reading field: `union` for the union field, `thing` for the flat field. */
export interface ReadType<Thing> {
  readonly union: ReturnType<typeof result<Thing>>;
  readonly thing: ObjectRef<Types, Thing>;
}

const read = <Thing>(...[name, thing, kind, what]: Parameters<typeof result<Thing>>): ReadType<Thing> => ({
  union: result(name, thing, kind, what),
  thing,
});

export const PracticeResult = read('PracticeResult', PracticeRef, 'practice', 'A practice');
export const SiteResult = read('SiteResult', SiteRef, 'practice', 'A site');
export const SitesResult = read('SitesResult', Sites, 'sites', 'The sites with a PMS id');
export const SiteCapabilitiesResult = read(
  'SiteCapabilitiesResult',
  SiteCapabilitiesRef,
  'entity',
  'The operations that a site supports',
);
export const LocationsResult = read(
  'LocationsResult',
  LocationConnection,
  'list',
  "A page of the practice's locations",
);
export const ClinicHoursResult = read(
  'ClinicHoursResult',
  ClinicHoursRef,
  'entity',
  'The opening hours of a location',
);
export const DaysClosedResult = read('DaysClosedResult', DaysClosed, 'list', 'Closures of the practice');
export const UsersResult = read('UsersResult', UserConnection, 'list', 'A page of users');
export const UserResult = read('UserResult', UserRef, 'entity', 'A user');
export const SessionsResult = read('SessionsResult', Sessions, 'list', "A user's weekly sessions");
export const DaysAwayResult = read('DaysAwayResult', DaysAway, 'list', "A user's absences");
export const PatientsResult = read('PatientsResult', PatientConnection, 'list', 'A page of patients');
export const PatientResult = read('PatientResult', PatientRef, 'entity', 'A patient');
export const AppointmentTypesResult = read(
  'AppointmentTypesResult',
  AppointmentTypes,
  'list',
  'The types of appointments',
);
export const AppointmentsResult = read(
  'AppointmentsResult',
  AppointmentConnection,
  'list',
  'A page of appointments',
);
export const AppointmentChangesResult = read(
  'AppointmentChangesResult',
  AppointmentChangesRef,
  'list',
  'What changed in an appointment book',
);
export const AppointmentResult = read('AppointmentResult', AppointmentRef, 'entity', 'An appointment');
export const AvailableSlotsResult = read('AvailableSlotsResult', AvailableSlotsRef, 'list', 'Free slots');
