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
import { AppointmentStatus } from '../appointment/appointment.ts';
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
    'One Bp Premier licence, wherever its authoritative server is today. One practice can have several locations.',
  fields: (t) => ({
    bpSiteId: t.id({
      nullable: false,
      description:
        'The Bp Site ID (in Bp Premier: Help, About). It stays when the practice moves to another server.',
      resolve: (it) => it.practice.connection.bpSiteId,
    }),
    name: t.string({
      description: 'Name of the practice, as Halo Cloud has it from the site; null when it has none.',
      resolve: (it) => it.practice.connection.practiceName,
    }),
    pms: t.field({
      type: PracticeManagementSystem,
      nullable: false,
      description: 'The practice management system. The collections below are read from Bp Premier only.',
      resolve: (it) => it.practice.connection.pms,
    }),
    pmsVersion: t.string({
      description: 'Its version, as Halo Cloud has it; null when it is not known.',
      resolve: (it, _args, context) => pmsVersionOf(it, context),
    }),
    timeZone: t.field({
      type: 'TimeZone',
      nullable: false,
      description:
        'Time zone of the main location: configured, else by its postcode, else Australia/Sydney with the notice `TIME_ZONE_ASSUMED`. Other locations can have another: see `Location.timeZone`, which below an appointment costs no further call.',
      resolve: (it) => it.practice.timeZone(),
    }),
    site: t.field({
      type: SiteRef,
      authScopes: { scopes: ['sites:read'] },
      nullable: false,
      description: 'The site that answers for the practice now.',
      resolve: (it, _args, context, info) => siteOfPractice(it, context, selectionOf(info)),
    }),
    ...bothShapes(t, PracticeRef, 'locations', {
      type: results.LocationsResult,
      authScopes: { scopes: ['clinic:read'] },
      description: 'Current locations, the main one first.',
      args: {
        first: t.arg.int({
          description: texts.first(pageLimits.locations.byDefault, pageLimits.locations.most),
        }),
        after: t.arg.string({ description: texts.after }),
      },
      resolve: locationsOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'clinicHours', {
      type: results.ClinicHoursResult,
      authScopes: { scopes: ['clinic:read'] },
      description: 'Opening hours of a location in a normal week.',
      args: {
        locationId: t.arg.id({
          description:
            'The PMS id or global id of the location. Left out: the main one. Unknown: `NotFound`.',
        }),
      },
      resolve: clinicHoursOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'daysClosed', {
      type: results.DaysClosedResult,
      authScopes: { scopes: ['clinic:read'] },
      description:
        'Days on which the practice is closed, such as public holidays. Opening hours do not consider them.',
      args: {
        from: t.arg({ type: 'Date', required: true, description: texts.from }),
        to: t.arg({ type: 'Date', required: true, description: texts.rangeTo }),
        locationId: t.arg.id({
          description:
            'Only what closes this location (the PMS id, or the global id), closures of the whole practice included.',
        }),
      },
      resolve: daysClosedOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'users', {
      type: results.UsersResult,
      authScopes: { scopes: ['users:read'] },
      description:
        'Who works at the practice. Their `appointments`, asked for below with one set of arguments, cost no further call.',
      args: {
        role: t.arg({ type: UserRole, description: 'Only with this role.' }),
        active: t.arg.boolean({
          defaultValue: true,
          description: 'Only active users, or with `false` only inactive ones; `null`: both.',
        }),
        takesAppointments: t.arg.boolean({
          description: 'Only users who take appointments, or with `false` only those who do not.',
        }),
        first: t.arg.int({ description: texts.first(pageLimits.users.byDefault, pageLimits.users.most) }),
        after: t.arg.string({ description: texts.after }),
      },
      resolve: usersOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'user', {
      type: results.UserResult,
      authScopes: { scopes: ['users:read'] },
      description: 'One user, active or not.',
      args: { pmsId: t.arg.id({ required: true, description: 'The PMS id, or the global id.' }) },
      resolve: userOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'patients', {
      type: results.PatientsResult,
      authScopes: { scopes: ['patients:read'] },
      description:
        'Finds patients, inactive and deceased ones among them. There is no list of all patients: something has to be searched for.',
      args: {
        search: t.arg({ type: PatientSearch, required: true, description: 'What to look for.' }),
        first: t.arg.int({
          description: texts.first(pageLimits.patients.byDefault, pageLimits.patients.most),
        }),
        after: t.arg.string({ description: texts.after }),
      },
      resolve: patientsOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'patient', {
      type: results.PatientResult,
      authScopes: { scopes: ['patients:read'] },
      description: 'One patient.',
      args: { pmsId: t.arg.id({ required: true, description: 'The PMS id, or the global id.' }) },
      resolve: patientOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'appointmentTypes', {
      type: results.AppointmentTypesResult,
      authScopes: { scopes: ['appointments:read'] },
      description: 'The kinds of appointments that the practice books.',
      resolve: appointmentTypesOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'appointments', {
      type: results.AppointmentsResult,
      authScopes: { scopes: ['appointments:read'] },
      description:
        'The appointment book. Blocked, reserved and dummy rows of the PMS are no appointments and do not appear.',
      args: {
        from: t.arg({ type: 'Date', required: true, description: texts.from }),
        to: t.arg({ type: 'Date', description: texts.to }),
        userId: t.arg.id({ description: texts.userId }),
        locationId: t.arg.id({ description: texts.locationId }),
        status: t.arg({
          type: [AppointmentStatus],
          maxItems: listLimits.statuses,
          description: texts.status,
        }),
        first: t.arg.int({
          description: texts.first(pageLimits.appointments.byDefault, pageLimits.appointments.most),
        }),
        after: t.arg.string({ description: texts.after }),
      },
      resolve: appointmentsOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'appointment', {
      type: results.AppointmentResult,
      authScopes: { scopes: ['appointments:read'] },
      description: 'One appointment, whatever its status.',
      args: { pmsId: t.arg.id({ required: true, description: 'The PMS id, or the global id.' }) },
      resolve: appointmentOfPractice,
    }),
    ...bothShapes(t, PracticeRef, 'availableSlots', {
      type: results.AvailableSlotsResult,
      authScopes: { scopes: ['appointments:read'] },
      description: 'Free times to book, never in the past.',
      args: {
        from: t.arg({ type: 'Date', required: true, description: texts.slotsFrom }),
        to: t.arg({ type: 'Date', description: texts.slotsTo }),
        userId: t.arg.id({
          description: `${texts.userId} Left out: everybody active who takes appointments.`,
        }),
        locationId: t.arg.id({ description: texts.locationId }),
        durationMinutes: t.arg.int({ description: texts.durationMinutes }),
      },
      resolve: slotsOfPractice,
    }),
  }),
});

rootRead('practice', (arg) => ({
  type: results.PracticeResult,
  description:
    'A practice by its Bp Site ID. When it has moved to another server, queries follow it there and the answer carries the notice `SITE_MOVED`, unless the facade is configured to tell the move instead.',
  args: {
    bpSiteId: arg.id({
      required: true,
      description: 'The Bp Site ID, or the global id of the practice.',
    }),
  },
  resolve: practice,
}));

builder.queryFields((t) => ({
  practices: t.field({
    type: [results.PracticeResult.union],
    nullable: { list: false, items: false },
    description:
      'Several practices at once, in the order of the argument. Each fails alone: a practice that is offline is one entry and delays no other.',
    args: {
      bpSiteIds: t.arg.idList({
        required: true,
        maxItems: listLimits.ids,
        description: 'Bp Site IDs or global ids. The same one twice is asked for once.',
      }),
    },
    resolve: practices,
  }),
}));
