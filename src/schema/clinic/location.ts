import type * as domain from '../../datasources/domain/index.ts';
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
    RECORDED: 'The practice has recorded them for the location.',
    PRACTICE_SESSIONS: 'From the default sessions of the whole practice.',
    DERIVED_FROM_USER_SESSIONS:
      'Nothing is recorded: from the first to the last minute in which some user has a session there.',
    CONFIGURED: 'From the configuration of the facade.',
  },
);

builder.node(LocationRef, {
  id: { resolve: ({ practice, data }) => localPart(placeOf(practice), data.pmsId) },
  description: 'A place where the practice sees patients.',
  fields: (t) => ({
    pmsId: t.id({ nullable: false, description: 'Its id in the PMS.', resolve: ({ data }) => data.pmsId }),
    name: t.string({ description: 'Its name; null when empty.', resolve: ({ data }) => data.name }),
    address: t.field({
      type: AddressRef,
      description: 'Where it is; null when nothing is recorded.',
      resolve: ({ data }) => data.address,
    }),
    phone: t.string({
      description: 'Telephone number as written down; null when empty.',
      resolve: ({ data }) => data.phone,
    }),
    email: t.string({ description: 'E-mail address; null when empty.', resolve: ({ data }) => data.email }),
    timeZone: t.field({
      type: 'TimeZone',
      nullable: false,
      description:
        'Its time zone: configured for the practice, else by the postcode, else Australia/Sydney with the notice `TIME_ZONE_ASSUMED`.',
      resolve: ({ data }) => data.timeZone,
    }),
    clinicHours: t.field({
      type: ClinicHoursRef,
      description:
        'Opening hours. Null when there are none, or with an entry in `errors` when they could not be read.',
      resolve: ({ practice, data }) => clinicHoursAt(practice, data.pmsId),
    }),
    practice: t.field({
      type: PracticeRef,
      nullable: false,
      description: 'The practice that it belongs to.',
      resolve: ({ practice }) => ({ kind: 'Practice' as const, practice }),
    }),
  }),
});

const OpenPeriod = builder.objectRef<domain.OpenPeriod>('OpenPeriod').implement({
  description: 'A time in which the doors are open.',
  fields: (t) => ({
    opens: t.expose('opens', {
      type: 'LocalTime',
      nullable: false,
      description: 'When it begins, by the clock of the location.',
    }),
    closes: t.expose('closes', {
      type: 'LocalTime',
      nullable: false,
      description: 'When it ends, by the clock of the location.',
    }),
  }),
});

const DayHours = builder.objectRef<domain.ClinicWeek['week'][number]>('DayHours').implement({
  description: 'Opening hours of one day of the week.',
  fields: (t) => ({
    day: t.expose('day', { type: DayOfWeek, nullable: false, description: 'The day of the week.' }),
    periods: t.field({
      type: [OpenPeriod],
      nullable: { list: false, items: false },
      description: 'When it is open, in order of time; none: closed that day.',
      resolve: ({ periods }) => periods,
    }),
  }),
});

builder.node(ClinicHoursRef, {
  id: { resolve: ({ practice, data }) => localPart(placeOf(practice), data.location.pmsId) },
  description:
    'Opening hours of a location in a normal week. Days closed are not considered: see `Practice.daysClosed`.',
  fields: (t) => ({
    location: t.field({
      type: LocationRef,
      nullable: false,
      description: 'The location whose hours they are.',
      resolve: ({ practice, data }) => ({ kind: 'Location' as const, practice, data: data.location }),
    }),
    timeZone: t.field({
      type: 'TimeZone',
      nullable: false,
      description: 'The zone in which the times are read.',
      resolve: ({ data }) => data.location.timeZone,
    }),
    week: t.field({
      type: [DayHours],
      nullable: { list: false, items: false },
      description: 'Seven entries, Monday first.',
      resolve: ({ data }) => data.week.week,
    }),
    source: t.field({
      type: ClinicHoursSource,
      nullable: false,
      description: 'Where the hours come from.',
      resolve: ({ data }) => data.week.source,
    }),
    openNow: t.boolean({
      nullable: false,
      description: 'Whether it is within the hours of the week now. Days closed are not considered.',
      resolve: (hours) => openingOf(hours).openNow,
    }),
    nextOpening: t.field({
      type: 'DateTime',
      description:
        'When it opens next after now, with the UTC offset of the location. Null when the week has no hours. Days closed are not considered.',
      resolve: (hours) => openingOf(hours).nextOpening,
    }),
  }),
});

builder.objectType(DayClosedRef, {
  description: 'One or more days on which the practice is closed.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'A key for caches, and `removeDaysClosed` takes it. `node` does not find it.',
      resolve: (it) => keyOf(it),
    }),
    pmsId: t.id({
      description: 'Its id in the PMS; null when it has none.',
      resolve: ({ data }) => data.pmsId,
    }),
    from: t.field({
      type: 'Date',
      nullable: false,
      description: 'First day closed.',
      resolve: ({ data }) => data.from,
    }),
    to: t.field({
      type: 'Date',
      nullable: false,
      description: 'Last day closed.',
      resolve: ({ data }) => data.to,
    }),
    reason: t.string({
      description: 'Why, as the practice noted it; null when empty.',
      resolve: ({ data }) => data.reason,
    }),
    locationId: t.id({
      description: 'The PMS id of the location that is closed; null for all of them.',
      resolve: ({ data }) => data.locationId,
    }),
    location: t.field({
      type: LocationRef,
      description:
        'The location that is closed. Null for all of them, or with an entry in `errors` when it could not be read.',
      resolve: ({ practice, data }) => linkedLocation(practice, data.locationId),
    }),
  }),
});
