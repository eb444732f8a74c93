/** The result unions of the reading fields: the result and the HaloErrors that can occur. */
import type { ObjectRef } from '@pothos/core';
import {
  AccessDenied,
  AuthoritativeServerChanged,
  InvalidInput,
  NotFound,
  OperationNotSupported,
  type OutcomeUnknown,
  PmsError,
  PracticeIdentityChanged,
  QueryTimedOut,
  RateLimited,
  type ResultExpired,
  ResultTooLarge,
  SiteUnavailable,
  UpstreamFailed,
} from '../errors.ts';
import { builder } from './builder/builder.ts';
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

/** Errors of finding a practice by its Bp Site ID, or a site by its Halo GUID. */
const finding = [
  AuthoritativeServerChanged,
  PracticeIdentityChanged,
  AccessDenied,
  SiteUnavailable,
  RateLimited,
  NotFound,
  InvalidInput,
  UpstreamFailed,
];

const listingSites = [AccessDenied, SiteUnavailable, RateLimited, InvalidInput, UpstreamFailed];

const practiceWithQueries = [
  AuthoritativeServerChanged,
  PracticeIdentityChanged,
  AccessDenied,
  SiteUnavailable,
  QueryTimedOut,
  RateLimited,
  ResultTooLarge,
  PmsError,
  OperationNotSupported,
  InvalidInput,
  UpstreamFailed,
];

export const readingOne = [...practiceWithQueries, NotFound];

type ErrorClass = (typeof readingOne)[number] | typeof OutcomeUnknown | typeof ResultExpired;

/** The union of a result and its possible errors. */
export function result<Thing>(
  name: string,
  thing: ObjectRef<Types, Thing>,
  errors: readonly ErrorClass[],
  what: string,
) {
  return builder.errorUnion(name, {
    description: `${what}, or the reason for the failure. Select \`... on HaloError { code message }\` to handle every failure.`,
    types: [thing, ...errors],
    resolveType: () => thing.name,
  });
}

/** The type of a reading field: `union` for the union field, `thing` for the flat field. */
export interface ReadType<Thing> {
  readonly union: ReturnType<typeof result<Thing>>;
  readonly thing: ObjectRef<Types, Thing>;
}

const read = <Thing>(...[name, thing, errors, what]: Parameters<typeof result<Thing>>): ReadType<Thing> => ({
  union: result(name, thing, errors, what),
  thing,
});

export const PracticeResult = read('PracticeResult', PracticeRef, finding, 'A practice');
export const SiteResult = read('SiteResult', SiteRef, finding, 'A site');
export const SitesResult = read('SitesResult', Sites, listingSites, 'The sites with a PMS id');
export const SiteCapabilitiesResult = read(
  'SiteCapabilitiesResult',
  SiteCapabilitiesRef,
  readingOne,
  'The operations that a site supports',
);
export const LocationsResult = read(
  'LocationsResult',
  LocationConnection,
  practiceWithQueries,
  "A page of the practice's locations",
);
export const ClinicHoursResult = read(
  'ClinicHoursResult',
  ClinicHoursRef,
  readingOne,
  'The opening hours of a location',
);
export const DaysClosedResult = read(
  'DaysClosedResult',
  DaysClosed,
  practiceWithQueries,
  'Closures of the practice',
);
export const UsersResult = read('UsersResult', UserConnection, practiceWithQueries, 'A page of users');
export const UserResult = read('UserResult', UserRef, readingOne, 'A user');
export const SessionsResult = read(
  'SessionsResult',
  Sessions,
  practiceWithQueries,
  "A user's weekly sessions",
);
export const DaysAwayResult = read('DaysAwayResult', DaysAway, practiceWithQueries, "A user's absences");
export const PatientsResult = read(
  'PatientsResult',
  PatientConnection,
  practiceWithQueries,
  'A page of patients',
);
export const PatientResult = read('PatientResult', PatientRef, readingOne, 'A patient');
export const AppointmentTypesResult = read(
  'AppointmentTypesResult',
  AppointmentTypes,
  practiceWithQueries,
  'The types of appointments',
);
export const AppointmentsResult = read(
  'AppointmentsResult',
  AppointmentConnection,
  practiceWithQueries,
  'A page of appointments',
);
export const AppointmentResult = read('AppointmentResult', AppointmentRef, readingOne, 'An appointment');
export const AvailableSlotsResult = read(
  'AvailableSlotsResult',
  AvailableSlotsRef,
  practiceWithQueries,
  'Free slots',
);
