import type * as domain from '../../datasources/domain/index.ts';
import * as prices from '../../price/read-prices.ts';
import { clinicHoursAt, openingOf } from '../../resolvers/clinic/clinic.ts';
import { keyOf, localPart, placeOf } from '../../resolvers/global-id.ts';
import { linkedLocation } from '../../resolvers/links.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { AddressRef, ClinicHoursRef, DayClosedRef, LocationRef, PracticeRef } from '../refs.ts';
import { DayOfWeek } from '../site/pms.ts';

const ClinicHoursSource = enumOf<domain.ClinicHoursSource>(
  'ClinicHoursSource',
  'Where opening hours come from.',
  {
    RECORDED: 'The practice has recorded opening hours for the location.',
    PRACTICE_SESSIONS: 'Taken from the default sessions of the whole practice.',
    DERIVED_FROM_USER_SESSIONS:
      'No hours are recorded: each day lasts from the start of the first user session to the end of the last one.',
    CONFIGURED: 'Taken from the configuration of this API.',
  },
);

builder.node(LocationRef, {
  id: { resolve: ({ practice, data }) => localPart(placeOf(practice), data.pmsId) },
  description: 'A place where the practice sees patients.',
  fields: (t) => ({
    pmsId: t.id({ nullable: false, description: 'Its id in the PMS.', resolve: ({ data }) => data.pmsId }),
    name: t.string({ description: 'Its name; null if empty.', resolve: ({ data }) => data.name }),
    address: t.field({
      type: AddressRef,
      description: 'Its address; null if none is recorded.',
      resolve: ({ data }) => data.address,
    }),
    phone: t.string({
      description: 'Phone number as recorded; null if empty.',
      resolve: ({ data }) => data.phone,
    }),
    email: t.string({ description: 'Email address; null if empty.', resolve: ({ data }) => data.email }),
    timeZone: t.field({
      type: 'TimeZone',
      nullable: false,
      description:
        'Its time zone. It is the configured time zone of the practice, or else follows from the postcode, or else is Australia/Sydney with the notice `TIME_ZONE_ASSUMED`.',
      resolve: ({ data }) => data.timeZone,
    }),
    clinicHours: t.field({
      type: ClinicHoursRef,
      description:
        'Opening hours. Null if there are none. Also null, with an entry in `errors`, if they could not be read.',
      price: prices.clinicHours,
      resolve: ({ practice, data }) => clinicHoursAt(practice, data.pmsId),
    }),
    practice: t.field({
      type: PracticeRef,
      nullable: false,
      description: 'The practice that it belongs to.',
      price: prices.itsPractice,
      resolve: ({ practice }) => ({ kind: 'Practice' as const, practice }),
    }),
  }),
});

const OpenPeriod = builder.objectRef<domain.OpenPeriod>('OpenPeriod').implement({
  description: 'A period in which the location is open.',
  fields: (t) => ({
    opens: t.expose('opens', {
      type: 'LocalTime',
      nullable: false,
      description: 'Start of the period, in local time of the location.',
    }),
    closes: t.expose('closes', {
      type: 'LocalTime',
      nullable: false,
      description: 'End of the period, in local time of the location.',
    }),
  }),
});

const DayHours = builder.objectRef<domain.ClinicWeek['week'][number]>('DayHours').implement({
  description: 'The opening hours of one day of the week.',
  fields: (t) => ({
    day: t.expose('day', { type: DayOfWeek, nullable: false, description: 'The day of the week.' }),
    periods: t.field({
      type: [OpenPeriod],
      nullable: { list: false, items: false },
      description: 'The open periods, in order of time. An empty list means closed on that day.',
      resolve: ({ periods }) => periods,
    }),
  }),
});

builder.node(ClinicHoursRef, {
  id: { resolve: ({ practice, data }) => localPart(placeOf(practice), data.location.pmsId) },
  description:
    'The opening hours of a location in a normal week. They do not take closures into account: see `Practice.daysClosed`.',
  fields: (t) => ({
    location: t.field({
      type: LocationRef,
      nullable: false,
      description: 'The location that these hours belong to.',
      resolve: ({ practice, data }) => ({ kind: 'Location' as const, practice, data: data.location }),
    }),
    timeZone: t.field({
      type: 'TimeZone',
      nullable: false,
      description: 'The time zone of the times.',
      resolve: ({ data }) => data.location.timeZone,
    }),
    week: t.field({
      type: [DayHours],
      nullable: { list: false, items: false },
      description: 'One entry for each day of the week, Monday first.',
      resolve: ({ data }) => data.week.week,
    }),
    source: t.field({
      type: ClinicHoursSource,
      nullable: false,
      description: 'Where the hours were taken from.',
      resolve: ({ data }) => data.week.source,
    }),
    openNow: t.boolean({
      nullable: false,
      description:
        'True if the location is open now according to its weekly hours. Closures are not taken into account.',
      resolve: (hours) => openingOf(hours).openNow,
    }),
    nextOpening: t.field({
      type: 'DateTime',
      description:
        'The next opening time after now, with the UTC offset of the location. Null if the week has no hours. Closures are not taken into account.',
      resolve: (hours) => openingOf(hours).nextOpening,
    }),
  }),
});

builder.objectType(DayClosedRef, {
  description: 'A closure: one or more days on which the practice is closed.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'A key for client caches and for `removeDaysClosed`. `node` does not accept it.',
      resolve: (it) => keyOf(it),
    }),
    pmsId: t.id({
      description: 'Its id in the PMS; null if it has none.',
      resolve: ({ data }) => data.pmsId,
    }),
    from: t.field({
      type: 'Date',
      nullable: false,
      description: 'First closed day.',
      resolve: ({ data }) => data.from,
    }),
    to: t.field({
      type: 'Date',
      nullable: false,
      description: 'Last closed day, inclusive.',
      resolve: ({ data }) => data.to,
    }),
    reason: t.string({
      description: 'The reason, as the practice recorded it; null if empty.',
      resolve: ({ data }) => data.reason,
    }),
    locationId: t.id({
      description: 'The PMS id of the location that is closed; null if all locations are closed.',
      resolve: ({ data }) => data.locationId,
    }),
    location: t.field({
      type: LocationRef,
      description:
        'The location that is closed. Null if all locations are closed. Also null, with an entry in `errors`, if the location could not be read.',
      price: prices.location,
      resolve: ({ practice, data }) => linkedLocation(practice, data.locationId),
    }),
  }),
});
