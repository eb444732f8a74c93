import * as prices from '../../price/read-prices.ts';
import { appointmentChangesOfPractice } from '../../resolvers/appointment/appointment-changes.ts';
import {
  appointmentOfPractice,
  appointmentsOfPractice,
  appointmentTypesOfPractice,
} from '../../resolvers/appointment/appointments.ts';
import { slotsOfPractice } from '../../resolvers/appointment/slots.ts';
import {
  clinicHoursOfPractice,
  daysClosedOfPractice,
  locationsOfPractice,
} from '../../resolvers/clinic/clinic.ts';
import { localPart, placeOf } from '../../resolvers/global-id.ts';
import { listLimits, pageLimits } from '../../resolvers/limits.ts';
import { patientOfPractice, patientsOfPractice } from '../../resolvers/patient/patients.ts';
import { practice, practices } from '../../resolvers/practice/practices.ts';
import { selectionOf } from '../../resolvers/selection.ts';
import { pmsVersionOf, siteOfPractice } from '../../resolvers/site/sites.ts';
import { userOfPractice, usersOfPractice } from '../../resolvers/user/users.ts';
import { appointmentPageArgs } from '../appointment/page-args.ts';
import { argumentTexts as texts } from '../builder/args.ts';
import { bothShapes, rootRead } from '../builder/both-shapes.ts';
import { builder } from '../builder/builder.ts';
import { PatientSearch } from '../patient/patient.ts';
import { PracticeRef, SiteRef } from '../refs.ts';
import * as results from '../results.ts';
import { PracticeManagementSystem } from '../site/pms.ts';
import { UserRole } from '../user/user.ts';

builder.node(PracticeRef, {
  id: { resolve: (it) => localPart(placeOf(it.practice)) },
  description:
    'A practice: one Bp Premier licence, on whichever server it currently runs. A practice can have several locations.',
  fields: (t) => ({
    bpSiteId: t.id({
      nullable: false,
      description:
        'The Bp Site ID (in Bp Premier: Help, About). It stays the same if the practice moves to another server.',
      resolve: (it) => it.practice.connection.bpSiteId,
    }),
    name: t.string({
      description: 'Name of the practice, as Halo Cloud reports it; null if it reports none.',
      resolve: (it) => it.practice.connection.practiceName,
    }),
    pms: t.field({
      type: PracticeManagementSystem,
      nullable: false,
      description:
        'The practice management system. Appointments, patients, users and clinic hours are available for Bp Premier only.',
      resolve: (it) => it.practice.connection.pms,
    }),
    pmsVersion: t.string({
      description:
        'Version of the practice management system, as Halo Cloud reports it; null if it is not known.',
      price: prices.free,
      resolve: (it, _args, context) => pmsVersionOf(it, context),
    }),
    timeZone: t.field({
      type: 'TimeZone',
      nullable: false,
      description:
        'Time zone of the main location. It is the configured time zone, or else follows from the postcode, or else is Australia/Sydney with the notice `TIME_ZONE_ASSUMED`. Other locations can have another one: see `Location.timeZone`, which below an appointment needs no extra call.',
      price: prices.timeZone,
      resolve: (it) => it.practice.timeZone(),
    }),
    site: t.field({
      type: SiteRef,
      authScopes: { scopes: ['sites:read'] },
      nullable: false,
      description: 'The site that currently serves the practice.',
      price: prices.free,
      resolve: (it, _args, context, info) => siteOfPractice(it, context, selectionOf(info)),
    }),
    ...bothShapes(t, PracticeRef, 'locations', {
      type: results.LocationsResult,
      authScopes: { scopes: ['clinic:read'] },
      description: 'The current locations, the main one first.',
      args: {
        first: t.arg.int({
          description: texts.first(pageLimits.locations.byDefault, pageLimits.locations.max),
        }),
        after: t.arg.string({ description: texts.after }),
      },
      price: prices.locations,
      resolve: locationsOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'clinicHours', {
      type: results.ClinicHoursResult,
      authScopes: { scopes: ['clinic:read'] },
      description: 'The opening hours of a location in a normal week.',
      args: {
        locationId: t.arg.id({
          description:
            'The location: the PMS id or the global id. If omitted, the main location. An unknown id is `NotFound`.',
        }),
      },
      price: prices.clinicHours,
      resolve: clinicHoursOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'daysClosed', {
      type: results.DaysClosedResult,
      authScopes: { scopes: ['clinic:read'] },
      description:
        'Closures: days on which the practice is closed, such as public holidays. `clinicHours` does not take them into account.',
      args: {
        from: t.arg({ type: 'Date', required: true, description: texts.from }),
        to: t.arg({ type: 'Date', required: true, description: texts.rangeTo }),
        locationId: t.arg.id({
          description:
            'Only closures of this location and of the whole practice. The PMS id or the global id.',
        }),
      },
      price: prices.daysClosed,
      resolve: daysClosedOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'users', {
      type: results.UsersResult,
      authScopes: { scopes: ['users:read'] },
      description:
        'The people who work at the practice. Selecting their `appointments` with one set of arguments needs no extra call.',
      args: {
        role: t.arg({ type: UserRole, description: 'Only users with this role.' }),
        active: t.arg.boolean({
          defaultValue: true,
          description: '`true`: only active users. `false`: only inactive users. `null`: both.',
        }),
        takesAppointments: t.arg.boolean({
          description:
            '`true`: only users who take appointments. `false`: only users who do not. If omitted, both.',
        }),
        first: t.arg.int({ description: texts.first(pageLimits.users.byDefault, pageLimits.users.max) }),
        after: t.arg.string({ description: texts.after }),
      },
      price: prices.usersOfPractice,
      resolve: usersOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'user', {
      type: results.UserResult,
      authScopes: { scopes: ['users:read'] },
      description: 'One user, active or not.',
      args: { pmsId: t.arg.id({ required: true, description: 'The PMS id or the global id.' }) },
      price: prices.user,
      resolve: userOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'patients', {
      type: results.PatientsResult,
      authScopes: { scopes: ['patients:read'] },
      description:
        'Searches for patients, including inactive and deceased ones. At least one criterion is required; all patients cannot be listed.',
      args: {
        search: t.arg({ type: PatientSearch, required: true, description: 'The search criteria.' }),
        first: t.arg.int({
          description: texts.first(pageLimits.patients.byDefault, pageLimits.patients.max),
        }),
        after: t.arg.string({ description: texts.after }),
      },
      price: prices.patients,
      resolve: patientsOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'patient', {
      type: results.PatientResult,
      authScopes: { scopes: ['patients:read'] },
      description: 'One patient.',
      args: { pmsId: t.arg.id({ required: true, description: 'The PMS id or the global id.' }) },
      price: prices.patient,
      resolve: patientOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'appointmentTypes', {
      type: results.AppointmentTypesResult,
      authScopes: { scopes: ['appointments:read'] },
      description: 'The types of appointments that the practice books.',
      price: prices.appointmentTypes,
      resolve: appointmentTypesOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'appointments', {
      type: results.AppointmentsResult,
      authScopes: { scopes: ['appointments:read'] },
      description:
        'The appointment book. Blocked, reserved and dummy entries of the PMS are not appointments and are left out.',
      args: {
        from: t.arg({ type: 'Date', required: true, description: texts.from }),
        to: t.arg({ type: 'Date', description: texts.to }),
        userId: t.arg.id({ description: texts.userId }),
        locationId: t.arg.id({ description: texts.locationId }),
        ...appointmentPageArgs,
      },
      price: prices.appointments,
      resolve: appointmentsOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'appointmentChanges', {
      type: results.AppointmentChangesResult,
      authScopes: { scopes: ['appointments:read'] },
      description:
        'What changed in the appointment book since a cursor, for clients that poll. Free while a client subscribes to the same book at the same replica, otherwise at most one charged call.',
      args: {
        from: t.arg({ type: 'Date', required: true, description: texts.from }),
        to: t.arg({ type: 'Date', description: texts.bookTo }),
        userIds: t.arg.idList({ maxItems: listLimits.bookUsers, description: texts.bookUserIds }),
        after: t.arg.string({
          description:
            'The cursor of the previous response. If it is omitted or no longer known, the whole book is returned. The replica that returned a cursor knows it for 15 minutes after the last request. It forgets the cursor earlier if it restarts, if the practice cannot be read, or after 5,000 changes.',
        }),
      },
      price: prices.appointmentChanges,
      resolve: appointmentChangesOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'appointment', {
      type: results.AppointmentResult,
      authScopes: { scopes: ['appointments:read'] },
      description: 'One appointment of any status.',
      args: { pmsId: t.arg.id({ required: true, description: 'The PMS id or the global id.' }) },
      price: prices.appointment,
      resolve: appointmentOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'availableSlots', {
      type: results.AvailableSlotsResult,
      authScopes: { scopes: ['appointments:read'] },
      description: 'Free slots that can be booked, none in the past.',
      args: {
        from: t.arg({ type: 'Date', required: true, description: texts.slotsFrom }),
        to: t.arg({ type: 'Date', description: texts.slotsTo }),
        userId: t.arg.id({
          description: `${texts.userId} If omitted, all active users who take appointments.`,
        }),
        locationId: t.arg.id({ description: texts.locationId }),
        durationMinutes: t.arg.int({ description: texts.durationMinutes }),
      },
      price: prices.slotsOfPractice,
      resolve: slotsOfPractice,
    }),
  }),
});

rootRead('practice', (arg) => ({
  type: results.PracticeResult,
  description:
    'A practice by its Bp Site ID. If the practice has moved to another server, queries go to the new server and the response has the notice `SITE_MOVED`. This API can be configured to return `AuthoritativeServerChanged` instead.',
  args: {
    bpSiteId: arg.id({
      required: true,
      description: 'The Bp Site ID or the global id of the practice.',
    }),
  },
  price: prices.practice,
  resolve: practice,
}));

builder.queryFields((t) => ({
  practices: t.field({
    type: [results.PracticeResult.union],
    nullable: { list: false, items: false },
    description:
      'Several practices in one query, in the order of the argument. Each can fail independently: an offline practice does not delay the others.',
    args: {
      bpSiteIds: t.arg.idList({
        required: true,
        maxItems: listLimits.ids,
        description: 'Bp Site IDs or global ids. A practice that is named twice is read once.',
      }),
    },
    price: prices.practices,
    resolve: practices,
  }),
}));
