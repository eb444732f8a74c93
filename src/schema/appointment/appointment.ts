import type * as domain from '../../datasources/domain/index.ts';
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
  'How far an appointment has come. `pmsStatus` has the finer word of the PMS.',
  {
    BOOKED: 'Booked; the patient is not there yet.',
    ARRIVED: 'The patient is in the waiting room.',
    IN_CONSULTATION: 'The patient is with the user.',
    FULFILLED: 'The consultation is over, whether billed yet or not.',
    NO_SHOW: 'The patient did not come.',
    CANCELLED: 'Cancelled. Left out of lists unless asked for.',
    UNKNOWN: 'The PMS holds a word that the facade does not know: see `pmsStatus`.',
  },
);

builder.node(AppointmentTypeRef, {
  id: { resolve: ({ practice, data }) => localPart(placeOf(practice), data.pmsId) },
  description: 'A kind of appointment that the practice has set up.',
  fields: (t) => ({
    pmsId: t.id({ nullable: false, description: 'Its id in the PMS.', resolve: ({ data }) => data.pmsId }),
    name: t.string({
      nullable: false,
      description: 'Its name, such as "Standard appt." or "Long appt.".',
      resolve: ({ data }) => data.name,
    }),
    defaultDurationMinutes: t.int({
      description: 'How many minutes it usually takes; null when the PMS does not say.',
      resolve: ({ data }) => data.defaultDurationMinutes,
    }),
  }),
});

builder.node(AppointmentRef, {
  id: { resolve: ({ practice, data }) => localPart(placeOf(practice), data.pmsId) },
  description: "An appointment in the practice's book.",
  fields: (t) => ({
    pmsId: t.id({
      nullable: false,
      description: 'Its id in the PMS.',
      resolve: ({ data }) => data.pmsId,
    }),
    start: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When it begins, with the UTC offset of its location.',
      resolve: ({ data }) => data.start,
    }),
    end: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When it ends: `start` plus `durationMinutes`.',
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
      description: 'Where it stands: booked, arrived, under way, over, missed or cancelled.',
      resolve: ({ data }) => data.status,
    }),
    pmsStatus: t.string({
      description:
        'The status in the words of the PMS, such as "With doctor" or "At billing"; null when the source does not tell.',
      resolve: ({ data }) => data.pmsStatus,
    }),
    type: t.field({
      type: AppointmentTypeRef,
      description: 'The kind of appointment; null when none is recorded.',
      resolve: ({ practice, data }) =>
        data.type && { kind: 'AppointmentType' as const, practice, data: data.type },
    }),
    reason: t.string({
      description: 'Why the patient comes, as the practice noted it; null when empty. Treat as clinical.',
      resolve: ({ data }) => data.reason,
    }),
    comment: t.string({
      description: "The practice's note on the appointment; null when empty. Treat as clinical.",
      resolve: ({ data }) => data.comment,
    }),
    urgent: t.boolean({
      description: 'Whether it is marked urgent; null when the source does not tell.',
      resolve: ({ data }) => data.urgent,
    }),
    telehealthUrl: t.string({
      description: 'Where a telehealth consultation takes place; null when there is none.',
      resolve: ({ data }) => data.telehealthUrl,
    }),
    arrivedAt: t.field({
      type: 'DateTime',
      description: 'When the patient arrived; null before that, or when the source does not tell.',
      resolve: ({ data }) => data.arrivedAt,
    }),
    consultationStartedAt: t.field({
      type: 'DateTime',
      description: 'When the consultation began; null before that, or when the source does not tell.',
      resolve: ({ data }) => data.consultationStartedAt,
    }),
    bookedAt: t.field({
      type: 'DateTime',
      description: 'When it was booked; null when the PMS does not say.',
      resolve: ({ data }) => data.bookedAt,
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'When it was last changed; null when it never was, or when the PMS does not say.',
      resolve: ({ data }) => data.updatedAt,
    }),
    patientId: t.id({
      description:
        'The PMS id of the patient, also when the record of the patient is deleted or merged; null when no patient is recorded.',
      resolve: ({ data }) => data.patientId,
    }),
    patient: t.field({
      type: PatientRef,
      authScopes: { scopes: ['patients:read'] },
      description:
        'Who comes. Null when no patient is recorded, or with an entry in `errors` that says why: the record is deleted, merged, or could not be read. See `patientId`.',
      resolve: patientOfAppointment,
    }),
    userId: t.id({
      description:
        'The PMS id of the user, also when the user is not recorded any more; null when nobody is recorded.',
      resolve: ({ data }) => data.userId,
    }),
    user: t.field({
      type: UserRef,
      authScopes: { scopes: ['users:read'] },
      description:
        'Whom it is with. Null when nobody is recorded, or with an entry in `errors` when the user is not recorded any more or could not be read.',
      resolve: userOfAppointment,
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
        'Where it takes place. Null when none is recorded, or with an entry in `errors` when the practice has given it up or it could not be read.',
      resolve: locationOfAppointment,
    }),
    practice: t.field({
      type: PracticeRef,
      nullable: false,
      description: 'The practice whose book it is in.',
      resolve: ({ practice }) => ({ kind: 'Practice' as const, practice }),
    }),
  }),
});
