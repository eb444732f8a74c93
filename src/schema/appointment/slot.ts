import type * as domain from '../../datasources/domain/index.ts';
import { slotsOf } from '../../resolvers/appointment/slots.ts';
import type { Slot } from '../../resolvers/entities.ts';
import { keyOf } from '../../resolvers/global-id.ts';
import { linkedLocation, linkedUser } from '../../resolvers/links.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { AvailableSlotsRef, LocationRef, UserRef } from '../refs.ts';

const EmptyReason = enumOf<domain.EmptyReason>('EmptyReason', 'Why there is no free time in the range.', {
  NO_MATCH:
    'No user or location matches what was asked for, or no session is long enough for `durationMinutes`.',
  FULLY_BOOKED: 'There are sessions, and all of their time is taken, or kept for bookings on the day itself.',
  USER_AWAY: 'There would be sessions, but the users are away on those days.',
  NO_SESSION: 'Nobody has a session in the range, or those of today are over.',
  CLINIC_CLOSED: 'There would be sessions, but the practice is closed on those days.',
});

const SlotRef = builder.objectRef<Slot>('Slot').implement({
  description: 'A free time of one user at one location. It is not held: somebody else can book it first.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description:
        'A key for caches: the same for as long as the time is offered with this length. `node` does not find it.',
      resolve: (it) => keyOf(it),
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
      description: 'When it ends.',
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
        'True if the practice keeps this time for bookings on the day itself. Such times are listed for today only, and can be booked today.',
      resolve: ({ data }) => data.onTheDay,
    }),
    userId: t.id({
      description: 'The PMS id of the user whose time it is; null when the source does not tell.',
      resolve: ({ data }) => data.userId,
    }),
    user: t.field({
      type: UserRef,
      authScopes: { scopes: ['users:read'] },
      description: 'Whose time it is. Null with an entry in `errors` when the user could not be read.',
      resolve: ({ practice, data }, _args, _context, info) => linkedUser(practice, data.userId, info),
    }),
    locationId: t.id({
      description: 'The PMS id of the location; null when the source does not tell.',
      resolve: ({ data }) => data.locationId,
    }),
    location: t.field({
      type: LocationRef,
      authScopes: { scopes: ['clinic:read'] },
      description:
        'Where. Null when the source does not tell, or with an entry in `errors` when it could not be read.',
      resolve: ({ practice, data }) => linkedLocation(practice, data.locationId),
    }),
  }),
});

builder.objectType(AvailableSlotsRef, {
  description: 'Free times of a range of days.',
  fields: (t) => ({
    slots: t.field({
      type: [SlotRef],
      nullable: { list: false, items: false },
      description: 'The free times, day by day in order of time.',
      resolve: slotsOf,
    }),
    emptyBecause: t.field({
      type: EmptyReason,
      description:
        'Why there is no free time. Null when there is some, when the source cannot tell, and below `users` for several users at once, who are searched together: ask for the one user to learn it.',
      resolve: ({ data }) => data.emptyBecause,
    }),
    complete: t.boolean({
      nullable: false,
      description:
        'False when there is more than is listed, or when the source could not look at everything.',
      resolve: ({ data }) => data.complete,
    }),
  }),
});
