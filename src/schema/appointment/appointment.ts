import type * as domain from '../../datasources/domain/index.ts';
import * as prices from '../../price/read-prices.ts';
import {
  locationOfAppointment,
  patientOfAppointment,
  userOfAppointment,
} from '../../resolvers/appointment/appointments.ts';
import { localPart, placeOf } from '../../resolvers/global-id.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import {
  AppointmentRef,
  AppointmentTypeRef,
  LocationRef,
  PatientRef,
  PracticeRef,
  UserRef,
} from '../refs.ts';

export const AppointmentStatus = enumOf<domain.AppointmentStatus>(
  'AppointmentStatus',
  'Progress of an appointment. `pmsStatus` holds the more detailed status of the PMS.',
  {
    BOOKED: 'Booked; the patient has not arrived yet.',
    ARRIVED: 'The patient is in the waiting room.',
    IN_CONSULTATION: 'The patient is with the user.',
    FULFILLED: 'The consultation is over. It may or may not be billed yet.',
    NO_SHOW: 'The patient did not come.',
    CANCELLED: 'Cancelled. Lists leave these out unless the `status` argument names this value.',
    UNKNOWN: 'The PMS holds a status that this API does not know: see `pmsStatus`.',
  },
);

builder.node(AppointmentTypeRef, {
  id: { resolve: ({ practice, data }) => localPart(placeOf(practice), data.pmsId) },
  description: 'A type of appointment that the practice has set up.',
  fields: (t) => ({
    pmsId: t.id({ nullable: false, description: 'Its id in the PMS.', resolve: ({ data }) => data.pmsId }),
    name: t.string({
      nullable: false,
      description: 'Its name, such as "Standard appt." or "Long appt.".',
      resolve: ({ data }) => data.name,
    }),
    defaultDurationMinutes: t.int({
      description: 'Usual length in minutes; null if the PMS does not record it.',
      resolve: ({ data }) => data.defaultDurationMinutes,
    }),
  }),
});

builder.node(AppointmentRef, {
  id: { resolve: ({ practice, data }) => localPart(placeOf(practice), data.pmsId) },
  description: "An appointment in the practice's appointment book.",
  fields: (t) => ({
    pmsId: t.id({
      nullable: false,
      description: 'Its id in the PMS.',
      resolve: ({ data }) => data.pmsId,
    }),
    start: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'Start time, with the UTC offset of the location.',
      resolve: ({ data }) => data.start,
    }),
    end: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'End time: `start` plus `durationMinutes`.',
      resolve: ({ data }) => data.end,
    }),
    durationMinutes: t.int({
      nullable: false,
      description: 'Length in minutes.',
      resolve: ({ data }) => data.durationMinutes,
    }),
    status: t.field({
      type: AppointmentStatus,
      nullable: false,
      description: 'Progress of the appointment, such as booked, arrived or cancelled.',
      resolve: ({ data }) => data.status,
    }),
    pmsStatus: t.string({
      description:
        'The status as the PMS names it, such as "With doctor" or "At billing"; null if the source does not provide it.',
      resolve: ({ data }) => data.pmsStatus,
    }),
    type: t.field({
      type: AppointmentTypeRef,
      description: 'The type of appointment; null if none is recorded.',
      resolve: ({ practice, data }) =>
        data.type && { kind: 'AppointmentType' as const, practice, data: data.type },
    }),
    reason: t.string({
      description:
        'Reason for the visit, as the practice recorded it; null if empty. Handle it as clinical information.',
      resolve: ({ data }) => data.reason,
    }),
    comment: t.string({
      description:
        "The practice's note on the appointment; null if empty. Handle it as clinical information.",
      resolve: ({ data }) => data.comment,
    }),
    urgent: t.boolean({
      description: 'True if it is marked urgent; null if the source does not provide it.',
      resolve: ({ data }) => data.urgent,
    }),
    telehealthUrl: t.string({
      description: 'URL of the telehealth consultation; null if there is none.',
      resolve: ({ data }) => data.telehealthUrl,
    }),
    arrivedAt: t.field({
      type: 'DateTime',
      description: 'When the patient arrived; null before that, or if the source does not provide it.',
      resolve: ({ data }) => data.arrivedAt,
    }),
    consultationStartedAt: t.field({
      type: 'DateTime',
      description: 'When the consultation began; null before that, or if the source does not provide it.',
      resolve: ({ data }) => data.consultationStartedAt,
    }),
    bookedAt: t.field({
      type: 'DateTime',
      description: 'When it was booked; null if the PMS does not record it.',
      resolve: ({ data }) => data.bookedAt,
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'When it was last changed; null if it never was, or if the PMS does not record it.',
      resolve: ({ data }) => data.updatedAt,
    }),
    patientId: t.id({
      description:
        "The PMS id of the patient. It is set even if the patient's record was deleted or merged. Null if no patient is recorded.",
      resolve: ({ data }) => data.patientId,
    }),
    patient: t.field({
      type: PatientRef,
      authScopes: { scopes: ['patients:read'] },
      description:
        "The patient. Null if no patient is recorded. Also null, with an entry in `errors`, if the patient's record was deleted, was merged or could not be read: `patientId` still has its id.",
      price: prices.patientAlong,
      resolve: patientOfAppointment,
    }),
    userId: t.id({
      description:
        "The PMS id of the user. It is set even if the user's record no longer exists. Null if no user is recorded.",
      resolve: ({ data }) => data.userId,
    }),
    user: t.field({
      type: UserRef,
      authScopes: { scopes: ['users:read'] },
      description:
        "The user who sees the patient. Null if no user is recorded. Also null, with an entry in `errors`, if the user's record no longer exists or could not be read.",
      price: prices.userAlong,
      resolve: userOfAppointment,
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
        'The location where it takes place. Null if none is recorded. Also null, with an entry in `errors`, if the practice no longer uses the location or it could not be read.',
      price: prices.locationAlong,
      resolve: locationOfAppointment,
    }),
    practice: t.field({
      type: PracticeRef,
      nullable: false,
      description: 'The practice that the appointment belongs to.',
      price: prices.itsPractice,
      resolve: ({ practice }) => ({ kind: 'Practice' as const, practice }),
    }),
  }),
});
