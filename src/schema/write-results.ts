/** The result unions of mutations: the payload and the HaloErrors that can occur. */
import type { ObjectFieldsShape } from '@pothos/core';
import type { UnionKind } from '../error-codes.ts';
import { itsPractice } from '../price/read-prices.ts';
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
import { errorsOf } from './builder/errors-of.ts';
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

type Types = typeof builder.$inferSchemaTypes;
type Fields<Payload> = ObjectFieldsShape<Types, Payload>;

/** `<mutation>Payload` and `<mutation>Result`, the union of the payload and its errors. */
function resultOf<Payload extends object>(
  mutation: string,
  kind: UnionKind,
  description: string,
  fields: Fields<Payload>,
) {
  const name = `${mutation}Payload`;
  const payload = builder.objectRef<Payload>(name).implement({ description, fields });
  return builder.errorUnion(`${mutation}Result`, {
    description:
      'The result of the change, or the reason for the failure. Select `... on HaloError { code message }` to handle every failure.',
    types: [payload, ...errorsOf(kind)],
    resolveType: () => name,
  });
}

const readAfter = 'Read from the practice after the change, not copied from the input.';

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
      'The appointment as an edge. Insert it into a displayed list without fetching the list again.',
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
    description: 'The `id` of the appointment. Use it to remove the appointment from a displayed list.',
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
    description: 'The patient as an edge. Insert it into a displayed list without fetching the list again.',
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
    description: 'The practice. Its `daysClosed` is read after the change.',
    price: itsPractice,
    resolve: (payload) => payload.practice,
  }),
});

export const BookAppointmentResult = resultOf(
  'BookAppointment',
  'changeOfTime',
  'The new appointment.',
  placedAppointment,
);
export const UpdateAppointmentResult = resultOf(
  'UpdateAppointment',
  'changeOfTime',
  'The changed appointment.',
  appointment,
);
export const MoveAppointmentResult = resultOf(
  'MoveAppointment',
  'changeOfTime',
  'The moved appointment.',
  placedAppointment,
);
export const CancelAppointmentResult = resultOf(
  'CancelAppointment',
  'change',
  'The cancelled appointment.',
  cancelledAppointment,
);
export const ArriveAppointmentResult = resultOf(
  'ArriveAppointment',
  'change',
  'The appointment whose arrival was recorded or undone.',
  appointment,
);
export const AddPatientResult = resultOf('AddPatient', 'change', 'The new patient.', placedPatient);
export const UpdatePatientResult = resultOf('UpdatePatient', 'change', 'The changed patient.', patient);
export const UpdateUserResult = resultOf('UpdateUser', 'change', 'The changed user.', user);
export const AddUserDaysAwayResult = resultOf<DayAwayPayload>(
  'AddUserDaysAway',
  'change',
  'The new absence.',
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
      description: 'The user who is away.',
      resolve: (payload) => payload.user,
    }),
  }),
);
export const RemoveUserDaysAwayResult = resultOf<RemovedDayAwayPayload>(
  'RemoveUserDaysAway',
  'change',
  'The result of removing an absence.',
  (t) => ({
    ...(user as Fields<RemovedDayAwayPayload>)(t),
    removedDayAwayId: t.id({
      nullable: false,
      description: 'The `id` of the absence. Use it to remove the absence from a displayed list.',
      resolve: ({ removed }) => keyOf(removed),
    }),
  }),
);
export const SetClinicHoursResult = resultOf<ClinicHoursPayload>(
  'SetClinicHours',
  'change',
  'The changed opening hours.',
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
  'change',
  'The new closure.',
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
      description: 'The practice that the closed days belong to.',
      price: itsPractice,
      resolve: (payload) => payload.practice,
    }),
  }),
);
export const RemoveDaysClosedResult = resultOf<RemovedDayClosedPayload>(
  'RemoveDaysClosed',
  'change',
  'The result of removing a closure.',
  (t) => ({
    ...(practice as Fields<RemovedDayClosedPayload>)(t),
    removedDayClosedId: t.id({
      nullable: false,
      description: 'The `id` of the closure. Use it to remove the closure from a displayed list.',
      resolve: ({ removed }) => keyOf(removed),
    }),
  }),
);
export const PairSiteResult = resultOf<SitePayload>('PairSite', 'pairing', 'The paired site.', (t) => ({
  site: t.field({
    type: SiteRef,
    nullable: false,
    description: 'The site, read from Halo Cloud after the pairing.',
    resolve: ({ site }) => site,
  }),
}));
