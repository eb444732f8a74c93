import { costText } from '../../price/cost-text.ts';
import * as prices from '../../price/write-prices.ts';
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

const appointmentId = 'The appointment: its PMS id or its global id.';
const start = `Start time with a UTC offset. Any offset is accepted; it is converted to the practice's local time. It must be a start time of the user that \`availableSlots\` lists, or would list if it were free. ${bookableRange}`;

const BookAppointmentInput = builder.inputType('BookAppointmentInput', {
  description: 'An appointment to book.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    userId: t.id({
      required: true,
      description: 'The user who sees the patient: the PMS id or the global id.',
    }),
    patientId: t.id({
      required: true,
      description:
        'The patient: the PMS id or the global id. Inactive and deceased patients are `InvalidInput`.',
    }),
    start: t.field({ type: 'DateTime', required: true, description: start }),
    durationMinutes: t.int({
      description:
        'Length in minutes, from 1 to 1440. If omitted, the default length of the type, or one slot of the session if the type has none.',
    }),
    typeId: t.id({
      description:
        'The type of appointment: the PMS id or the global id. If omitted, the standard type of the PMS.',
    }),
    locationId: t.id({
      description:
        "The location: the PMS id or the global id. If omitted, the location of the user's session at that time.",
    }),
    reason: t.string({
      description: 'Reason for the visit, at most 500 characters. Handle it as clinical information.',
    }),
    idempotencyKey: t.string({
      description: idempotencyKeyText('booking'),
    }),
  }),
});

const UpdateAppointmentInput = builder.inputType('UpdateAppointmentInput', {
  description: 'Changes to an appointment. Give at least one change. Omitted fields stay unchanged.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    appointmentId: t.id({ required: true, description: appointmentId }),
    typeId: t.id({
      description: 'The new type: the PMS id or the global id. Omitted or null: it stays unchanged.',
    }),
    durationMinutes: t.int({
      description: 'The new length in minutes, from 1 to 1440. Omitted or null: it stays unchanged.',
    }),
    reason: t.string({
      description:
        'The new reason, at most 500 characters. Omitted: it stays unchanged. Null or empty: it is removed. Handle it as clinical information.',
    }),
  }),
});

const MoveAppointmentInput = builder.inputType('MoveAppointmentInput', {
  description:
    'The new time, user or location of an appointment. Give at least one of them. Fields that are omitted or null stay unchanged.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    appointmentId: t.id({ required: true, description: appointmentId }),
    start: t.field({ type: 'DateTime', description: start }),
    userId: t.id({ description: 'The new user: the PMS id or the global id.' }),
    locationId: t.id({
      description:
        "The new location: the PMS id or the global id. If omitted, the location of the user's session at that time; the current location if the user has sessions at several.",
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
  description: 'An arrival to record or to undo.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    appointmentId: t.id({ required: true, description: appointmentId }),
    arrived: t.boolean({
      required: true,
      defaultValue: true,
      description:
        'True: the patient is in the waiting room. False: undo the arrival; the status is `BOOKED` again.',
    }),
  }),
});

builder.mutationFields((t) => ({
  bookAppointment: t.field({
    type: BookAppointmentResult,
    authScopes: { scopes: ['appointments:write', 'appointments:read'] },
    nullable: false,
    description: `Books an appointment. The booking is never sent twice: if no response arrives, this API checks whether the appointment exists. If that cannot be determined, the result is \`OutcomeUnknown\`: retry with its idempotency key. ${costText(prices.bookAppointment)} Usually two with SQL Passthrough (checks and booking), one if the checks refuse the booking, none if the input alone is wrong. A repeated idempotency key with an unknown outcome costs one more.`,
    args: { input: t.arg({ type: BookAppointmentInput, required: true, description: 'The booking.' }) },
    price: prices.bookAppointment,
    resolve: bookAppointment,
  }),
  updateAppointment: t.field({
    type: UpdateAppointmentResult,
    authScopes: { scopes: ['appointments:write', 'appointments:read'] },
    nullable: false,
    description: `Changes the type, length or reason of an appointment. \`SlotTaken\` if it would overlap another appointment. Retrying is safe. ${costText(prices.updateAppointment)}`,
    args: {
      input: t.arg({ type: UpdateAppointmentInput, required: true, description: 'The changes.' }),
    },
    price: prices.updateAppointment,
    resolve: updateAppointment,
  }),
  moveAppointment: t.field({
    type: MoveAppointmentResult,
    authScopes: { scopes: ['appointments:write', 'appointments:read'] },
    nullable: false,
    description: `Moves an appointment to another time, user or location. Retrying is safe. ${costText(prices.moveAppointment)} With SQL Passthrough one if the checks refuse the move.`,
    args: {
      input: t.arg({
        type: MoveAppointmentInput,
        required: true,
        description: 'The new time, user or location.',
      }),
    },
    price: prices.moveAppointment,
    resolve: moveAppointment,
  }),
  cancelAppointment: t.field({
    type: CancelAppointmentResult,
    authScopes: { scopes: ['appointments:write', 'appointments:read'] },
    nullable: false,
    description: `Cancels an appointment. \`InvalidInput\` if the consultation has begun or is over. Retrying is safe. ${costText(prices.cancelAppointment)}`,
    args: {
      input: t.arg({
        type: CancelAppointmentInput,
        required: true,
        description: 'The appointment to cancel.',
      }),
    },
    price: prices.cancelAppointment,
    resolve: cancelAppointment,
  }),
  arriveAppointment: t.field({
    type: ArriveAppointmentResult,
    authScopes: { scopes: ['appointments:write', 'appointments:read'] },
    nullable: false,
    description: `Records that the patient has arrived, or undoes it. Retrying is safe. ${costText(prices.arriveAppointment)}`,
    args: {
      input: t.arg({ type: ArriveAppointmentInput, required: true, description: 'The arrival.' }),
    },
    price: prices.arriveAppointment,
    resolve: arriveAppointment,
  }),
}));
