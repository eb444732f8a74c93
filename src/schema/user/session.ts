import { keyOf } from '../../resolvers/global-id.ts';
import { linkedLocation } from '../../resolvers/links.ts';
import { builder } from '../builder/builder.ts';
import { DayAwayRef, LocationRef, SessionRef } from '../refs.ts';
import { DayOfWeek } from '../site/pms.ts';

builder.objectType(SessionRef, {
  description: 'Hours in which a user regularly sees patients, on one day of the week.',
  fields: (t) => ({
    day: t.field({
      type: DayOfWeek,
      nullable: false,
      description: 'The day of the week.',
      resolve: ({ data }) => data.day,
    }),
    opens: t.field({
      type: 'LocalTime',
      nullable: false,
      description: 'When it begins, by the clock of the location.',
      resolve: ({ data }) => data.opens,
    }),
    closes: t.field({
      type: 'LocalTime',
      nullable: false,
      description: 'When it ends, by the clock of the location.',
      resolve: ({ data }) => data.closes,
    }),
    slotMinutes: t.int({
      description: 'Length of a slot in minutes; null when the source does not tell.',
      resolve: ({ data }) => data.slotMinutes,
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
        'Where; null when the source does not tell, or with an entry in `errors` when it could not be read.',
      resolve: ({ practice, data }) => linkedLocation(practice, data.locationId),
    }),
    validFrom: t.field({
      type: 'Date',
      description: 'First date on which it holds; null without a beginning.',
      resolve: ({ data }) => data.validFrom,
    }),
    validTo: t.field({
      type: 'Date',
      description: 'Last date on which it holds; null without an end.',
      resolve: ({ data }) => data.validTo,
    }),
  }),
});

builder.objectType(DayAwayRef, {
  description: 'An absence of a user.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'A key for caches, and `removeUserDaysAway` takes it. `node` does not find it.',
      resolve: (it) => keyOf(it),
    }),
    pmsId: t.id({ nullable: false, description: 'Its id in the PMS.', resolve: ({ data }) => data.pmsId }),
    from: t.field({
      type: 'Date',
      nullable: false,
      description: 'First day away.',
      resolve: ({ data }) => data.from,
    }),
    to: t.field({
      type: 'Date',
      nullable: false,
      description: 'Last day away.',
      resolve: ({ data }) => data.to,
    }),
    reason: t.string({
      description: 'Why, as the practice noted it; null when empty.',
      resolve: ({ data }) => data.reason,
    }),
  }),
});
