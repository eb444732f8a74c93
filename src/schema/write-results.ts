/** What mutations answer: the thing as it is now, or a HaloError that can happen there. */
import type { ObjectFieldsShape } from '@pothos/core';
import {
  AccessDenied,
  InvalidInput,
  NotFound,
  OutcomeUnknown,
  RateLimited,
  SlotTaken,
  UpstreamFailed,
} from '../errors.ts';
import type { AppointmentPayload } from '../resolvers/appointment/appointment-payload.ts';
import type {
  DayClosedPayload,
  PracticePayload,
  RemovedDayClosedPayload,
} from '../resolvers/clinic/days-closed.ts';
import type { ClinicHoursPayload } from '../resolvers/clinic/set-clinic-hours.ts';
import { appointmentCursor, patientCursor } from '../resolvers/cursor.ts';
import { globalIdOf, keyOf } from '../resolvers/global-id.ts';
import type { PatientPayload } from '../resolvers/patient/patient-payload.ts';
import type { SitePayload } from '../resolvers/site/pair-site.ts';
import type { DayAwayPayload, RemovedDayAwayPayload } from '../resolvers/user/user-days-away.ts';
import type { UserPayload } from '../resolvers/user/user-payload.ts';
import { builder } from './builder/builder.ts';
import { AppointmentEdge, PatientEdge } from './builder/lists.ts';
import {
  AppointmentRef,
  ClinicHoursRef,
  DayAwayRef,
  DayClosedRef,
  PatientRef,
  PracticeRef,
  SiteRef,
  UserRef,
} from './refs.ts';
import { readingOne } from './results.ts';

type Types = typeof builder.$inferSchemaTypes;
type Fields<Payload> = ObjectFieldsShape<Types, Payload>;

/** All that can happen to a read can happen to a write: what it names is read first, and the outcome after. */
const changing = [OutcomeUnknown, ...readingOne];
const takingTime = [SlotTaken, ...changing];
const pairing = [AccessDenied, RateLimited, InvalidInput, NotFound, UpstreamFailed];

/** `<mutation>Payload` and the union of it and what can go wrong. */
function resultOf<Payload extends object>(
  mutation: string,
  errors: readonly (typeof takingTime)[number][],
  description: string,
  fields: Fields<Payload>,
) {
  const name = `${mutation}Payload`;
  const payload = builder.objectRef<Payload>(name).implement({ description, fields });
  return builder.errorUnion(`${mutation}Result`, {
    description: 'The change was made, or why not. Spread `... on HaloError` for what all failures share.',
    types: [payload, ...errors],
    resolveType: () => name,
  });
}

const readAfter = 'Read from the practice after the change; nothing in it is echoed.';

const appointment: Fields<AppointmentPayload> = (t) => ({
  appointment: t.field({
    type: AppointmentRef,
    nullable: false,
    description: readAfter,
    resolve: (payload) => payload.appointment,
  }),
});
const placedAppointment: Fields<AppointmentPayload> = (t) => ({
  ...appointment(t),
  edge: t.field({
    type: AppointmentEdge,
    nullable: false,
    description:
      'The appointment with its place in the book, to be put into a list that is shown without asking for the list again.',
    resolve: (payload) => ({
      node: payload.appointment,
      cursor: appointmentCursor.encode(payload.appointment.data),
    }),
  }),
});
const cancelledAppointment: Fields<AppointmentPayload> = (t) => ({
  ...appointment(t),
  cancelledAppointmentId: t.id({
    nullable: false,
    description: 'The `id` of the appointment, to be taken out of a list that is shown.',
    resolve: (payload) => globalIdOf(payload.appointment),
  }),
});
const patient: Fields<PatientPayload> = (t) => ({
  patient: t.field({
    type: PatientRef,
    nullable: false,
    description: readAfter,
    resolve: (payload) => payload.patient,
  }),
});
const placedPatient: Fields<PatientPayload> = (t) => ({
  ...patient(t),
  edge: t.field({
    type: PatientEdge,
    nullable: false,
    description:
      'The patient with the place in a list, to be put into a list that is shown without asking for the list again.',
    resolve: (payload) => ({ node: payload.patient, cursor: patientCursor.encode(payload.patient.data) }),
  }),
});
const user: Fields<UserPayload> = (t) => ({
  user: t.field({
    type: UserRef,
    nullable: false,
    description: readAfter,
    resolve: (payload) => payload.user,
  }),
});
const practice: Fields<PracticePayload> = (t) => ({
  practice: t.field({
    type: PracticeRef,
    nullable: false,
    description: 'The practice; `daysClosed` below it is read after the change.',
    resolve: (payload) => payload.practice,
  }),
});

export const BookAppointmentResult = resultOf(
  'BookAppointment',
  takingTime,
  'The new appointment, as the practice now has it.',
  placedAppointment,
);
export const UpdateAppointmentResult = resultOf(
  'UpdateAppointment',
  takingTime,
  'The changed appointment, as the practice now has it.',
  appointment,
);
export const MoveAppointmentResult = resultOf(
  'MoveAppointment',
  takingTime,
  'The moved appointment, as the practice now has it.',
  placedAppointment,
);
export const CancelAppointmentResult = resultOf(
  'CancelAppointment',
  changing,
  'The cancelled appointment, as the practice now has it.',
  cancelledAppointment,
);
export const ArriveAppointmentResult = resultOf(
  'ArriveAppointment',
  changing,
  'The appointment with its arrival, as the practice now has it.',
  appointment,
);
export const AddPatientResult = resultOf(
  'AddPatient',
  changing,
  'The new patient, as the practice now has them.',
  placedPatient,
);
export const UpdatePatientResult = resultOf(
  'UpdatePatient',
  changing,
  'The changed patient, as the practice now has them.',
  patient,
);
export const UpdateUserResult = resultOf(
  'UpdateUser',
  changing,
  'The changed user, as the practice now has them.',
  user,
);
export const AddUserDaysAwayResult = resultOf<DayAwayPayload>(
  'AddUserDaysAway',
  changing,
  'The new absence, as the practice now has it.',
  (t) => ({
    dayAway: t.field({
      type: DayAwayRef,
      nullable: false,
      description: readAfter,
      resolve: ({ dayAway }) => dayAway,
    }),
    user: t.field({
      type: UserRef,
      nullable: false,
      description: 'Who is away.',
      resolve: (payload) => payload.user,
    }),
  }),
);
export const RemoveUserDaysAwayResult = resultOf<RemovedDayAwayPayload>(
  'RemoveUserDaysAway',
  changing,
  'The user without the absence.',
  (t) => ({
    ...(user as Fields<RemovedDayAwayPayload>)(t),
    removedDayAwayId: t.id({
      nullable: false,
      description: 'The `id` of the absence, to be taken out of a list that is shown.',
      resolve: ({ removed }) => keyOf(removed),
    }),
  }),
);
export const SetClinicHoursResult = resultOf<ClinicHoursPayload>(
  'SetClinicHours',
  changing,
  'The opening hours, as the practice now has them.',
  (t) => ({
    clinicHours: t.field({
      type: ClinicHoursRef,
      nullable: false,
      description: readAfter,
      resolve: ({ clinicHours }) => clinicHours,
    }),
  }),
);
export const AddDaysClosedResult = resultOf<DayClosedPayload>(
  'AddDaysClosed',
  changing,
  'The new days closed, as the practice now has them.',
  (t) => ({
    dayClosed: t.field({
      type: DayClosedRef,
      nullable: false,
      description: readAfter,
      resolve: ({ dayClosed }) => dayClosed,
    }),
    practice: t.field({
      type: PracticeRef,
      nullable: false,
      description: 'The practice that is closed.',
      resolve: (payload) => payload.practice,
    }),
  }),
);
export const RemoveDaysClosedResult = resultOf<RemovedDayClosedPayload>(
  'RemoveDaysClosed',
  changing,
  'The practice without the days closed.',
  (t) => ({
    ...(practice as Fields<RemovedDayClosedPayload>)(t),
    removedDayClosedId: t.id({
      nullable: false,
      description: 'The `id` of the days closed, to be taken out of a list that is shown.',
      resolve: ({ removed }) => keyOf(removed),
    }),
  }),
);
export const PairSiteResult = resultOf<SitePayload>(
  'PairSite',
  pairing,
  'The site that now answers.',
  (t) => ({
    site: t.field({
      type: SiteRef,
      nullable: false,
      description: 'The site as Halo Cloud describes it after the pairing.',
      resolve: ({ site }) => site,
    }),
  }),
);
