/** The live appointment book: its events, and the subscription. */

import type { ChangeKind } from '../../live/book-changes.ts';
import { appointmentBook, linkedUser } from '../../price/read-prices.ts';
import {
  type AppointmentBookChanged,
  type AppointmentBookEvent,
  type AppointmentBookGap,
  type AppointmentBookSnapshot,
  type AppointmentChange,
  appointmentBookEvent,
  appointmentsOfSnapshot,
  changedAppointment,
  changesAt,
  changesOfEvent,
  previousUser,
  watchAppointmentBook,
} from '../../resolvers/appointment/appointment-book.ts';
import { listLimits } from '../../resolvers/limits.ts';
import { argumentTexts as texts } from '../builder/args.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { errorsOf } from '../builder/errors-of.ts';
import { HaloErrorCodeEnum } from '../errors/error-interface.ts';
import { AppointmentChangesRef, AppointmentRef, UserRef } from '../refs.ts';
import { AppointmentStatus } from './appointment.ts';

const AppointmentChangeKind = enumOf<ChangeKind>(
  'AppointmentChangeKind',
  'What happened to an appointment. Apply every change in the same way: show the appointment if it matches the arguments of the subscription and is not cancelled, else remove it.',
  {
    BOOKED: 'It is new in this book: it was booked, restored, or moved into the range of dates.',
    MOVED: 'It has another start or another user. The new start can be outside the range of dates.',
    UPDATED: 'Something else changed, such as the length, the type or the reason.',
    STATUS_CHANGED: 'Its status changed. A status can go backwards.',
    CANCELLED: 'It was cancelled or deleted.',
  },
);

const cursorText =
  'The position of this event. Pass the latest one as `after` when you subscribe again with the same arguments.';
const asOfText = 'The book was read from the practice at this time, in UTC.';

const Snapshot = builder.objectRef<AppointmentBookSnapshot>('AppointmentBookSnapshot').implement({
  description: 'The whole book. It replaces everything that the client has.',
  fields: (t) => ({
    cursor: t.string({ nullable: false, description: cursorText, resolve: ({ data }) => data.cursor }),
    asOf: t.field({
      type: 'DateTime',
      nullable: false,
      description: asOfText,
      resolve: ({ data }) => data.asOf,
    }),
    maxLagSeconds: t.int({
      nullable: false,
      description:
        'A change made at the practice is an event within so many seconds, or a gap is. A change made through this API is an event within one second.',
      resolve: ({ data }) => data.maxLagSeconds,
    }),
    complete: t.boolean({
      nullable: false,
      description: 'False if appointments were left out because their records cannot be read.',
      resolve: ({ data }) => data.complete,
    }),
    appointments: t.field({
      type: [AppointmentRef],
      nullable: { list: false, items: false },
      description: 'All appointments in the range except cancelled ones, by start.',
      resolve: appointmentsOfSnapshot,
    }),
  }),
});

const Change = builder.objectRef<AppointmentChange>('AppointmentChange').implement({
  description: 'One appointment that changed. `appointment` is its newest state.',
  fields: (t) => ({
    kind: t.field({
      type: AppointmentChangeKind,
      nullable: false,
      description:
        'What happened. If several things happened, the first that applies in the order cancelled, booked, moved, status, updated.',
      resolve: ({ data }) => data.kind,
    }),
    appointment: t.field({
      type: AppointmentRef,
      nullable: false,
      description: 'The appointment as it is now. One that was deleted has the status `CANCELLED`.',
      resolve: changedAppointment,
    }),
    previousStart: t.field({
      type: 'DateTime',
      description: 'The start before the change; null if it is the same or not known.',
      resolve: ({ data }) => data.previousStart,
    }),
    previousStatus: t.field({
      type: AppointmentStatus,
      description: 'The status before the change; null if it is the same or not known.',
      resolve: ({ data }) => data.previousStatus,
    }),
    previousUser: t.field({
      type: UserRef,
      price: linkedUser,
      authScopes: { scopes: ['users:read'] },
      description: 'The user before the change; null if it is the same or not known.',
      resolve: previousUser,
    }),
  }),
});

const Changed = builder.objectRef<AppointmentBookChanged>('AppointmentBookChanged').implement({
  description:
    'The changes since the previous event. Several unread changes of one appointment are merged into one.',
  fields: (t) => ({
    cursor: t.string({ nullable: false, description: cursorText, resolve: ({ data }) => data.cursor }),
    asOf: t.field({
      type: 'DateTime',
      nullable: false,
      description: asOfText,
      resolve: ({ data }) => data.asOf,
    }),
    changes: t.field({
      type: [Change],
      nullable: { list: false, items: false },
      description:
        'One entry for each appointment. Empty if the client has subscribed with a cursor and nothing changed since.',
      resolve: changesOfEvent,
    }),
  }),
});

const Gap = builder.objectRef<AppointmentBookGap>('AppointmentBookGap').implement({
  description:
    'The book may be out of date, because the practice cannot be watched at the moment. Say so to the person who looks at it. The next event after recovery is a snapshot.',
  fields: (t) => ({
    since: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'Changes after this time may be missing, in UTC.',
      resolve: ({ data }) => data.since,
    }),
    reason: t.field({
      type: HaloErrorCodeEnum,
      nullable: false,
      description: 'Why, as the code of the failure.',
      resolve: ({ data }) => data.reason,
    }),
    message: t.string({
      nullable: false,
      description: 'Text for the person using the app.',
      resolve: ({ data }) => data.message,
    }),
    retryAfterSeconds: t.int({
      description: 'The practice is tried again after so many seconds. The client has nothing to do.',
      resolve: ({ data }) => data.retryAfterSeconds,
    }),
  }),
});

builder.objectType(AppointmentChangesRef, {
  description: 'What changed in an appointment book since a cursor, for clients that poll.',
  fields: (t) => ({
    cursor: t.string({
      nullable: false,
      description: 'Pass it as `after` the next time, with the same arguments.',
      resolve: ({ cursor }) => cursor,
    }),
    asOf: t.field({
      type: 'DateTime',
      nullable: false,
      description: asOfText,
      resolve: ({ asOf }) => asOf,
    }),
    isSnapshot: t.boolean({
      nullable: false,
      description:
        'True if the cursor was omitted or is not known any more: the changes are then the whole book, each `BOOKED`, and replace everything that the client has.',
      resolve: ({ isSnapshot }) => isSnapshot,
    }),
    complete: t.boolean({
      nullable: false,
      description: 'False if appointments were left out because their records cannot be read.',
      resolve: ({ complete }) => complete,
    }),
    changes: t.field({
      type: [Change],
      nullable: { list: false, items: false },
      description: 'One entry for each appointment. Empty if nothing changed.',
      resolve: ({ practice, changes }) => changesAt(practice, changes),
    }),
  }),
});

const kinds = {
  snapshot: 'AppointmentBookSnapshot',
  changed: 'AppointmentBookChanged',
  gap: 'AppointmentBookGap',
} as const;

const AppointmentBookEventUnion = builder.errorUnion('AppointmentBookEvent', {
  description:
    'An event of an appointment book, or the reason why it ended. Select `... on HaloError { code message }` to handle every failure.',
  types: [Snapshot, Changed, Gap, ...errorsOf('entity')],
  resolveType: (event) => kinds[(event as AppointmentBookEvent).data.kind],
});

builder.subscriptionField('appointmentBook', (t) =>
  t.field({
    type: AppointmentBookEventUnion,
    nullable: false,
    authScopes: { scopes: ['appointments:read'] },
    description:
      'The appointment book of one practice for a range of dates. Starts with a snapshot, or, after a known cursor, with the changes since then. Changes made through this API arrive within one second; changes made at the practice within `maxLagSeconds`.',
    args: {
      bpSiteId: t.arg.id({ required: true, description: 'The Bp Site ID or the global id of the practice.' }),
      from: t.arg({ type: 'Date', required: true, description: texts.from }),
      to: t.arg({ type: 'Date', description: texts.bookTo }),
      userIds: t.arg.idList({
        maxItems: listLimits.bookUsers,
        description: texts.bookUserIds,
      }),
      after: t.arg.string({
        description:
          'The cursor of the latest event that the client got. A cursor that is not known any more yields a snapshot.',
      }),
    },
    subscribe: (_root, args, context, info) => watchAppointmentBook(args, context, info),
    resolve: (event, args, context, info) => appointmentBookEvent(event as never, args, context, info),
    price: appointmentBook,
  }),
);
