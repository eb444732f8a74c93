/** The unions that entry fields answer: the thing itself, or a HaloError that can happen there. */
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

/** Finding a practice by its Bp Site ID, or a site by its Halo GUID. */
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

const askingHalo = [AccessDenied, SiteUnavailable, RateLimited, InvalidInput, UpstreamFailed];

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

/** The union of a thing and what can go wrong on the way to it. */
export function result<Thing>(
  name: string,
  thing: ObjectRef<Types, Thing>,
  errors: readonly ErrorClass[],
  what: string,
) {
  return builder.errorUnion(name, {
    description: `${what}, or why it could not be had. Spread \`... on HaloError\` for what all failures share.`,
    types: [thing, ...errors],
    resolveType: () => thing.name,
  });
}

/** What a field that reads answers: the union, or in its flat shape the thing alone. */
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
export const SitesResult = read('SitesResult', Sites, askingHalo, 'The sites of a PMS id');
export const SiteCapabilitiesResult = read(
  'SiteCapabilitiesResult',
  SiteCapabilitiesRef,
  readingOne,
  'What can be asked of a site',
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
  'The week of a location',
);
export const DaysClosedResult = read('DaysClosedResult', DaysClosed, practiceWithQueries, 'Days closed');
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
  'The kinds of appointments',
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
  'Free times to book',
);
