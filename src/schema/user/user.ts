import type * as domain from '../../datasources/domain/index.ts';
import * as prices from '../../price/read-prices.ts';
import { appointmentsOfUser } from '../../resolvers/appointment/appointments.ts';
import { slotsOfUser } from '../../resolvers/appointment/slots.ts';
import type { ProviderNumber } from '../../resolvers/entities.ts';
import { localPart, placeOf } from '../../resolvers/global-id.ts';
import { linkedLocation } from '../../resolvers/links.ts';
import {
  daysAwayOfUser,
  displayNameOf,
  providerNumbersOfUser,
  sessionsOfUser,
} from '../../resolvers/user/users.ts';
import { appointmentPageArgs } from '../appointment/page-args.ts';
import { argumentTexts as texts } from '../builder/args.ts';
import { bothShapes } from '../builder/both-shapes.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { LocationRef, PracticeRef, UserRef } from '../refs.ts';
import { AppointmentsResult, AvailableSlotsResult, DaysAwayResult, SessionsResult } from '../results.ts';

export const UserRole = enumOf<domain.UserRole>(
  'UserRole',
  'The role of a user at the practice, derived from the user category of the PMS (`pmsRole`).',
  {
    DOCTOR: 'A medical practitioner.',
    NURSE: 'A nurse or midwife.',
    ALLIED_HEALTH: 'Another health professional, such as a physiotherapist or psychologist.',
    RECEPTIONIST: 'A receptionist.',
    PRACTICE_MANAGER: 'A practice manager.',
    OTHER: 'Any other role, or none recorded.',
  },
);

const ProviderNumberRef = builder.objectRef<ProviderNumber>('ProviderNumber').implement({
  description: 'A Medicare provider number. A user has one for each location where they practise.',
  fields: (t) => ({
    number: t.string({
      nullable: false,
      description: 'The number, such as `2426621B`.',
      resolve: ({ data }) => data.number,
    }),
    locationId: t.id({
      description:
        'The PMS id of the location. It is set even if the practice no longer uses the location. Null if none is recorded.',
      resolve: ({ data }) => data.locationId,
    }),
    location: t.field({
      type: LocationRef,
      authScopes: { scopes: ['clinic:read'] },
      description:
        'The location that the number is for. Null if none is recorded. Also null, with an entry in `errors`, if the practice no longer uses the location or it could not be read.',
      price: prices.location,
      resolve: ({ practice, data }) => linkedLocation(practice, data.locationId),
    }),
  }),
});

builder.node(UserRef, {
  id: { resolve: ({ practice, data }) => localPart(placeOf(practice), data.pmsId) },
  description: 'A person who works at the practice, such as a doctor, nurse or receptionist.',
  fields: (t) => ({
    pmsId: t.id({ nullable: false, description: 'Its id in the PMS.', resolve: ({ data }) => data.pmsId }),
    title: t.string({
      description: 'Title, such as Dr; null if empty.',
      resolve: ({ data }) => data.title,
    }),
    firstName: t.string({
      description: 'First name; null if empty.',
      resolve: ({ data }) => data.firstName,
    }),
    lastName: t.string({ description: 'Last name; null if empty.', resolve: ({ data }) => data.lastName }),
    displayName: t.string({
      nullable: false,
      description:
        'Title, first and last name, as far as recorded; "Name not recorded" if there is none of them.',
      resolve: ({ data }) => displayNameOf(data),
    }),
    role: t.field({
      type: UserRole,
      nullable: false,
      description: 'Role at the practice, derived from `pmsRole`.',
      resolve: ({ data }) => data.role,
    }),
    pmsRole: t.string({
      description:
        'The user category of the PMS, such as "Principal Doctor" or "Practice Nurse"; null if it is not recorded.',
      resolve: ({ data }) => data.pmsRole,
    }),
    active: t.boolean({
      description: 'Whether the user still works at the practice; null if the source does not provide it.',
      resolve: ({ data }) => data.active,
    }),
    takesAppointments: t.boolean({
      description:
        'Whether appointments can be booked with the user; null if the source does not provide it.',
      resolve: ({ data }) => data.takesAppointments,
    }),
    providerNumbers: t.field({
      type: [ProviderNumberRef],
      nullable: { list: false, items: false },
      description: 'Medicare provider numbers. Empty for users who do not bill.',
      price: prices.providerNumbersOfUser,
      resolve: providerNumbersOfUser,
    }),
    email: t.string({ description: 'Email address; null if empty.', resolve: ({ data }) => data.email }),
    phone: t.string({
      description: 'Phone number as recorded; null if empty.',
      resolve: ({ data }) => data.phone,
    }),
    locationId: t.id({
      description:
        'The PMS id of the location. It is set even if the practice no longer uses the location. Null if none is recorded.',
      resolve: ({ data }) => data.locationId,
    }),
    location: t.field({
      type: LocationRef,
      authScopes: { scopes: ['clinic:read'] },
      description:
        'The location where the user usually works. Null if none is recorded. Also null, with an entry in `errors`, if it could not be read.',
      price: prices.location,
      resolve: ({ practice, data }) => linkedLocation(practice, data.locationId),
    }),
    ...bothShapes(t, UserRef, 'sessions', {
      type: SessionsResult,
      description: "The user's regular weekly sessions. Absences are not taken into account.",
      price: prices.sessionsOfUser,
      resolve: sessionsOfUser,
    }),
    ...bothShapes(t, UserRef, 'daysAway', {
      type: DaysAwayResult,
      description: "The user's absences that overlap a range of dates.",
      args: {
        from: t.arg({ type: 'Date', required: true, description: texts.from }),
        to: t.arg({ type: 'Date', required: true, description: texts.rangeTo }),
      },
      price: prices.daysAwayOfUser,
      resolve: daysAwayOfUser,
    }),
    ...bothShapes(t, UserRef, 'appointments', {
      type: AppointmentsResult,
      authScopes: { scopes: ['appointments:read'] },
      description: "The user's appointment book. Several users with the same arguments share one call.",
      args: {
        from: t.arg({ type: 'Date', required: true, description: texts.from }),
        to: t.arg({ type: 'Date', description: texts.to }),
        ...appointmentPageArgs,
      },
      price: prices.appointmentsOfUser,
      resolve: appointmentsOfUser,
    }),
    ...bothShapes(t, UserRef, 'availableSlots', {
      type: AvailableSlotsResult,
      authScopes: { scopes: ['appointments:read'] },
      description: "The user's free slots, none in the past.",
      args: {
        from: t.arg({ type: 'Date', required: true, description: texts.slotsFrom }),
        to: t.arg({ type: 'Date', description: texts.slotsTo }),
        locationId: t.arg.id({ description: texts.locationId }),
        durationMinutes: t.arg.int({ description: texts.durationMinutes }),
      },
      price: prices.slotsOfUser,
      resolve: slotsOfUser,
    }),
    practice: t.field({
      type: PracticeRef,
      nullable: false,
      description:
        'The practice where the user works. The same person has a separate record at each practice.',
      price: prices.itsPractice,
      resolve: ({ practice }) => ({ kind: 'Practice' as const, practice }),
    }),
  }),
});
