import type * as domain from '../../datasources/domain/index.ts';
import * as prices from '../../price/read-prices.ts';
import { slotsOf } from '../../resolvers/appointment/slots.ts';
import type { Slot } from '../../resolvers/entities.ts';
import { keyOf } from '../../resolvers/global-id.ts';
import { linkedLocation, linkedUser } from '../../resolvers/links.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { AvailableSlotsRef, LocationRef, UserRef } from '../refs.ts';

const EmptyReason = enumOf<domain.EmptyReason>('EmptyReason', 'Why there is no free slot in the range.', {
  NO_MATCH: 'No user or location matches the arguments, or no session is long enough for `durationMinutes`.',
  FULLY_BOOKED: 'There are sessions, but all of their time is booked or reserved for same-day bookings.',
  USER_AWAY: 'There would be sessions, but the users are away on these days.',
  NO_SESSION: "No user has a session in the range, or today's sessions are over.",
  CLINIC_CLOSED: 'There would be sessions, but the practice is closed on these days.',
});

const SlotRef = builder.objectRef<Slot>('Slot').implement({
  description: 'A free slot of one user at one location. It is not reserved: someone else can book it first.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description:
        'A key for client caches, stable while this slot is offered with this length. `node` does not accept it.',
      resolve: (it) => keyOf(it),
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
      description: 'End time.',
      resolve: ({ data }) => data.end,
    }),
    durationMinutes: t.int({
      nullable: false,
      description: 'Length in minutes.',
      resolve: ({ data }) => data.durationMinutes,
    }),
    onTheDay: t.boolean({
      nullable: false,
      description:
        'True if the practice reserves this slot for same-day bookings. Such slots are listed for today only and can be booked today.',
      resolve: ({ data }) => data.onTheDay,
    }),
    userId: t.id({
      description: 'The PMS id of the user; null if the source does not provide it.',
      resolve: ({ data }) => data.userId,
    }),
    user: t.field({
      type: UserRef,
      authScopes: { scopes: ['users:read'] },
      description:
        'The user who has this slot. Null if the source does not provide it. Also null, with an entry in `errors`, if the user could not be read.',
      price: prices.linkedUser,
      resolve: ({ practice, data }, _args, _context, info) => linkedUser(practice, data.userId, info),
    }),
    locationId: t.id({
      description: 'The PMS id of the location; null if the source does not provide it.',
      resolve: ({ data }) => data.locationId,
    }),
    location: t.field({
      type: LocationRef,
      authScopes: { scopes: ['clinic:read'] },
      description:
        'The location. Null if the source does not provide it. Also null, with an entry in `errors`, if it could not be read.',
      price: prices.location,
      resolve: ({ practice, data }) => linkedLocation(practice, data.locationId),
    }),
  }),
});

builder.objectType(AvailableSlotsRef, {
  description: 'The free slots in a range of dates.',
  fields: (t) => ({
    slots: t.field({
      type: [SlotRef],
      nullable: { list: false, items: false },
      description: 'The free slots in order of time.',
      resolve: slotsOf,
    }),
    emptyBecause: t.field({
      type: EmptyReason,
      description:
        'Why there is no free slot. Null if there are free slots or the source does not provide a reason. Also null below `users` for several users, because one search covers all of them: query a single user to get the reason.',
      resolve: ({ data }) => data.emptyBecause,
    }),
    complete: t.boolean({
      nullable: false,
      description:
        'False if the list may lack free slots: there are more than are listed, or the source could not check everything.',
      resolve: ({ data }) => data.complete,
    }),
  }),
});
