import type * as domain from '../../datasources/domain/index.ts';
import { appointmentsOfUser } from '../../resolvers/appointment/appointments.ts';
import { slotsOfUser } from '../../resolvers/appointment/slots.ts';
import type { ProviderNumber } from '../../resolvers/entities.ts';
import { localPart, placeOf } from '../../resolvers/global-id.ts';
import { listLimits, pageLimits } from '../../resolvers/limits.ts';
import { linkedLocation } from '../../resolvers/links.ts';
import {
  daysAwayOfUser,
  displayNameOf,
  providerNumbersOfUser,
  sessionsOfUser,
} from '../../resolvers/user/users.ts';
import { AppointmentStatus } from '../appointment/appointment.ts';
import { argumentTexts as texts } from '../builder/args.ts';
import { bothShapes } from '../builder/both-shapes.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { LocationRef, PracticeRef, UserRef } from '../refs.ts';
import { AppointmentsResult, AvailableSlotsResult, DaysAwayResult, SessionsResult } from '../results.ts';

export const UserRole = enumOf<domain.UserRole>(
  'UserRole',
  "What somebody does at the practice, by the words of the PMS's user category (`pmsRole`).",
  {
    DOCTOR: 'A medical practitioner.',
    NURSE: 'A nurse or midwife.',
    ALLIED_HEALTH: 'Another health professional, such as a physiotherapist or psychologist.',
    RECEPTIONIST: 'Front desk.',
    PRACTICE_MANAGER: 'Manages the practice.',
    OTHER: 'Anybody else, or not recorded.',
  },
);

const ProviderNumberRef = builder.objectRef<ProviderNumber>('ProviderNumber').implement({
  description: 'A Medicare provider number: one for each place where somebody practises.',
  fields: (t) => ({
    number: t.string({
      nullable: false,
      description: 'The number, such as `2426621B`.',
      resolve: ({ data }) => data.number,
    }),
    locationId: t.id({
      description:
        'The PMS id of the location, also when the practice has given it up; null when none is recorded.',
      resolve: ({ data }) => data.locationId,
    }),
    location: t.field({
      type: LocationRef,
      authScopes: { scopes: ['clinic:read'] },
      description:
        'The location that it is for. Null when none is recorded, or with an entry in `errors` when the practice has given it up.',
      resolve: ({ practice, data }) => linkedLocation(practice, data.locationId),
    }),
  }),
});

builder.node(UserRef, {
  id: { resolve: ({ practice, data }) => localPart(placeOf(practice), data.pmsId) },
  description: 'Somebody who works at the practice: doctor, nurse, allied health, front desk.',
  fields: (t) => ({
    pmsId: t.id({ nullable: false, description: 'Its id in the PMS.', resolve: ({ data }) => data.pmsId }),
    title: t.string({
      description: 'Title, such as Dr; null when empty.',
      resolve: ({ data }) => data.title,
    }),
    firstName: t.string({
      description: 'First name; null when empty.',
      resolve: ({ data }) => data.firstName,
    }),
    lastName: t.string({ description: 'Last name; null when empty.', resolve: ({ data }) => data.lastName }),
    displayName: t.string({
      nullable: false,
      description: 'Title, first and last name as far as recorded; "Name not recorded" without any.',
      resolve: ({ data }) => displayNameOf(data),
    }),
    role: t.field({
      type: UserRole,
      nullable: false,
      description: 'What they do, derived from `pmsRole`.',
      resolve: ({ data }) => data.role,
    }),
    pmsRole: t.string({
      description:
        'The PMS\'s user category, such as "Principal Doctor" or "Practice Nurse"; null when it is not recorded.',
      resolve: ({ data }) => data.pmsRole,
    }),
    active: t.boolean({
      description: 'Whether they still work there; null when the source does not tell.',
      resolve: ({ data }) => data.active,
    }),
    takesAppointments: t.boolean({
      description: 'Whether appointments can be made with them; null when the source does not tell.',
      resolve: ({ data }) => data.takesAppointments,
    }),
    providerNumbers: t.field({
      type: [ProviderNumberRef],
      nullable: { list: false, items: false },
      description: 'Medicare provider numbers; none for those who do not bill.',
      resolve: providerNumbersOfUser,
    }),
    email: t.string({ description: 'E-mail address; null when empty.', resolve: ({ data }) => data.email }),
    phone: t.string({
      description: 'Telephone number as written down; null when empty.',
      resolve: ({ data }) => data.phone,
    }),
    locationId: t.id({
      description:
        'The PMS id of the location, also when the practice has given it up; null when none is recorded.',
      resolve: ({ data }) => data.locationId,
    }),
    location: t.field({
      type: LocationRef,
      authScopes: { scopes: ['clinic:read'] },
      description:
        'Where they usually work. Null when it is not recorded, or with an entry in `errors` when it could not be read.',
      resolve: ({ practice, data }) => linkedLocation(practice, data.locationId),
    }),
    ...bothShapes(t, UserRef, 'sessions', {
      type: SessionsResult,
      description: 'Regular weekly availability, absences aside.',
      resolve: sessionsOfUser,
    }),
    ...bothShapes(t, UserRef, 'daysAway', {
      type: DaysAwayResult,
      description: 'Absences that touch a range of dates.',
      args: {
        from: t.arg({ type: 'Date', required: true, description: texts.from }),
        to: t.arg({ type: 'Date', required: true, description: texts.rangeTo }),
      },
      resolve: daysAwayOfUser,
    }),
    ...bothShapes(t, UserRef, 'appointments', {
      type: AppointmentsResult,
      authScopes: { scopes: ['appointments:read'] },
      description: "The user's appointment book. For several users with the same arguments it is one call.",
      args: {
        from: t.arg({ type: 'Date', required: true, description: texts.from }),
        to: t.arg({ type: 'Date', description: texts.to }),
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
      resolve: appointmentsOfUser,
    }),
    ...bothShapes(t, UserRef, 'availableSlots', {
      type: AvailableSlotsResult,
      authScopes: { scopes: ['appointments:read'] },
      description: "The user's free times, never in the past.",
      args: {
        from: t.arg({ type: 'Date', required: true, description: texts.slotsFrom }),
        to: t.arg({ type: 'Date', description: texts.slotsTo }),
        locationId: t.arg.id({ description: texts.locationId }),
        durationMinutes: t.arg.int({ description: texts.durationMinutes }),
      },
      resolve: slotsOfUser,
    }),
    practice: t.field({
      type: PracticeRef,
      nullable: false,
      description: 'The practice where they work. The same person at another practice is another user.',
      resolve: ({ practice }) => ({ kind: 'Practice' as const, practice }),
    }),
  }),
});
