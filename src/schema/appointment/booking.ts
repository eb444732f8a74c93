import { arriveAppointment } from '../../resolvers/appointment/arrive-appointment.ts';
import { bookAppointment } from '../../resolvers/appointment/book-appointment.ts';
import { cancelAppointment } from '../../resolvers/appointment/cancel-appointment.ts';
import { moveAppointment } from '../../resolvers/appointment/move-appointment.ts';
import { updateAppointment } from '../../resolvers/appointment/update-appointment.ts';
import { bookableRange, bpSiteIdText, idempotencyKeyText } from '../builder/args.ts';
import { builder } from '../builder/builder.ts';
import {
  ArriveAppointmentResult,
  BookAppointmentResult,
  CancelAppointmentResult,
  MoveAppointmentResult,
  UpdateAppointmentResult,
} from '../write-results.ts';

const appointmentId = 'The appointment: its PMS id, or its global id.';
const start = `When it begins, with an offset: any offset will do, the practice's own clock decides. It has to be a time of the user's that \`availableSlots\` shows, or would show if it were free. ${bookableRange}`;

const BookAppointmentInput = builder.inputType('BookAppointmentInput', {
  description: 'An appointment to book.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    userId: t.id({ required: true, description: 'Whom it is with: the PMS id, or the global id.' }),
    patientId: t.id({
      required: true,
      description: 'Who comes: the PMS id, or the global id. Inactive and deceased patients are refused.',
    }),
    start: t.field({ type: 'DateTime', required: true, description: start }),
    durationMinutes: t.int({
      description:
        'How long it takes, in minutes, from 1 to 1440. Left out: as long as the type takes by default, else one slot of the session.',
    }),
    typeId: t.id({
      description: "Its type: the PMS id, or the global id. Left out: the PMS's standard type.",
    }),
    locationId: t.id({
      description:
        'Where: the PMS id, or the global id. Left out: the location at which the user has a session then.',
    }),
    reason: t.string({ description: 'Why the patient comes, at most 500 characters. Treat as clinical.' }),
    idempotencyKey: t.string({
      description: idempotencyKeyText('booking that the person makes', 'books'),
    }),
  }),
});

const UpdateAppointmentInput = builder.inputType('UpdateAppointmentInput', {
  description: 'What is to change on an appointment, at least one thing; what is left out stays.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    appointmentId: t.id({ required: true, description: appointmentId }),
    typeId: t.id({ description: 'Its new type: the PMS id, or the global id. Null or left out: it stays.' }),
    durationMinutes: t.int({
      description: 'Its new length in minutes, from 1 to 1440. Null or left out: it stays.',
    }),
    reason: t.string({
      description:
        'The new reason, at most 500 characters; null or empty removes it. Left out: it stays. Treat as clinical.',
    }),
  }),
});

const MoveAppointmentInput = builder.inputType('MoveAppointmentInput', {
  description: 'Where an appointment is to go, at least one thing; what is left out or null stays.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    appointmentId: t.id({ required: true, description: appointmentId }),
    start: t.field({ type: 'DateTime', description: start }),
    userId: t.id({ description: 'Whom it is to be with: the PMS id, or the global id.' }),
    locationId: t.id({
      description:
        'Where: the PMS id, or the global id. Left out: the location at which the user has a session then, the same as now where there is a choice.',
    }),
  }),
});

const CancelAppointmentInput = builder.inputType('CancelAppointmentInput', {
  description: 'An appointment to cancel.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    appointmentId: t.id({ required: true, description: appointmentId }),
  }),
});

const ArriveAppointmentInput = builder.inputType('ArriveAppointmentInput', {
  description: 'An arrival to note, or to take back.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    appointmentId: t.id({ required: true, description: appointmentId }),
    arrived: t.boolean({
      required: true,
      defaultValue: true,
      description: 'True: the patient is in the waiting room. False: not after all, it is booked again.',
    }),
  }),
});

builder.mutationFields((t) => ({
  bookAppointment: t.field({
    type: BookAppointmentResult,
    authScopes: { scopes: ['appointments:write', 'appointments:read'] },
    nullable: false,
    description:
      'Books an appointment. At most three charged calls by SQL Passthrough, one more when a type is named: patient and free times side by side, and the booking, which reads back what is selected; more only to say why it cannot be booked. It is never sent twice: when no answer comes, the practice is asked whether it is there, and `OutcomeUnknown` has the key to ask again with.',
    args: { input: t.arg({ type: BookAppointmentInput, required: true, description: 'What to book.' }) },
    resolve: bookAppointment,
  }),
  updateAppointment: t.field({
    type: UpdateAppointmentResult,
    authScopes: { scopes: ['appointments:write', 'appointments:read'] },
    nullable: false,
    description:
      'Changes type, length or reason; what is left out stays as the practice has it at that moment. One charged call by SQL Passthrough, which reads back what is selected. `SlotTaken` when it would grow into another appointment. Asking again is safe.',
    args: {
      input: t.arg({ type: UpdateAppointmentInput, required: true, description: 'What is to change.' }),
    },
    resolve: updateAppointment,
  }),
  moveAppointment: t.field({
    type: MoveAppointmentResult,
    authScopes: { scopes: ['appointments:write', 'appointments:read'] },
    nullable: false,
    description:
      'Moves an appointment to another time, user or location. Three charged calls by SQL Passthrough: the appointment, free times, and the move, which reads back what is selected. Asking again is safe.',
    args: {
      input: t.arg({ type: MoveAppointmentInput, required: true, description: 'Where it is to go.' }),
    },
    resolve: moveAppointment,
  }),
  cancelAppointment: t.field({
    type: CancelAppointmentResult,
    authScopes: { scopes: ['appointments:write', 'appointments:read'] },
    nullable: false,
    description:
      'Cancels an appointment, unless the patient is or was in consultation. One charged call by SQL Passthrough, which reads back what is selected. Asking again is safe.',
    args: {
      input: t.arg({ type: CancelAppointmentInput, required: true, description: 'What to cancel.' }),
    },
    resolve: cancelAppointment,
  }),
  arriveAppointment: t.field({
    type: ArriveAppointmentResult,
    authScopes: { scopes: ['appointments:write', 'appointments:read'] },
    nullable: false,
    description:
      'Notes that the patient is there, or takes that back. One charged call by SQL Passthrough, which reads back what is selected. Asking again is safe.',
    args: {
      input: t.arg({ type: ArriveAppointmentInput, required: true, description: 'Whose arrival.' }),
    },
    resolve: arriveAppointment,
  }),
}));
