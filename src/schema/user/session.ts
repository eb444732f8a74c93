import * as prices from '../../price/read-prices.ts';
import { keyOf } from '../../resolvers/global-id.ts';
import { linkedLocation } from '../../resolvers/links.ts';
import { builder } from '../builder/builder.ts';
import { DayAwayRef, LocationRef, SessionRef } from '../refs.ts';
import { DayOfWeek } from '../site/pms.ts';

builder.objectType(SessionRef, {
  description: 'A regular period in which a user sees patients, on one day of the week.',
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
      description: 'Start of the period, in local time of the location.',
      resolve: ({ data }) => data.opens,
    }),
    closes: t.field({
      type: 'LocalTime',
      nullable: false,
      description: 'End of the period, in local time of the location.',
      resolve: ({ data }) => data.closes,
    }),
    slotMinutes: t.int({
      description: 'Length of a slot in minutes; null if the source does not provide it.',
      resolve: ({ data }) => data.slotMinutes,
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
        'The location. Null if none is recorded. Also null, with an entry in `errors`, if it could not be read.',
      price: prices.location,
      resolve: ({ practice, data }) => linkedLocation(practice, data.locationId),
    }),
    validFrom: t.field({
      type: 'Date',
      description: 'First date on which the session takes place; null if there is no start date.',
      resolve: ({ data }) => data.validFrom,
    }),
    validTo: t.field({
      type: 'Date',
      description: 'Last date on which the session takes place; null if there is no end date.',
      resolve: ({ data }) => data.validTo,
    }),
  }),
});

builder.objectType(DayAwayRef, {
  description: 'An absence of a user.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'A key for client caches and for `removeUserDaysAway`. `node` does not accept it.',
      resolve: (it) => keyOf(it),
    }),
    pmsId: t.id({ nullable: false, description: 'Its id in the PMS.', resolve: ({ data }) => data.pmsId }),
    from: t.field({
      type: 'Date',
      nullable: false,
      description: 'First day of the absence.',
      resolve: ({ data }) => data.from,
    }),
    to: t.field({
      type: 'Date',
      nullable: false,
      description: 'Last day of the absence, inclusive.',
      resolve: ({ data }) => data.to,
    }),
    reason: t.string({
      description: 'The reason, as the practice recorded it; null if empty.',
      resolve: ({ data }) => data.reason,
    }),
  }),
});
