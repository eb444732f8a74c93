import { addDaysClosed, removeDaysClosed } from '../../resolvers/clinic/days-closed.ts';
import { setClinicHours } from '../../resolvers/clinic/set-clinic-hours.ts';
import { listLimits } from '../../resolvers/limits.ts';
import { bpSiteIdText, dateRange, idempotencyKeyText } from '../builder/args.ts';
import { builder } from '../builder/builder.ts';
import { DayOfWeek } from '../site/pms.ts';
import { AddDaysClosedResult, RemoveDaysClosedResult, SetClinicHoursResult } from '../write-results.ts';

const assumed =
  'Bp Premier documents no procedure for it: an assumed statement does it, in the sandbox and where the operator allows it; else `OperationNotSupported`.';

const OpenPeriodInput = builder.inputType('OpenPeriodInput', {
  description: 'A time in which the doors are open.',
  fields: (t) => ({
    opens: t.field({
      type: 'LocalTime',
      required: true,
      description: 'When it begins, by the clock of the location, from `00:00` to `23:59`.',
    }),
    closes: t.field({
      type: 'LocalTime',
      required: true,
      description: 'When it ends, by the clock of the location, from `00:01` to `24:00`, the end of the day.',
    }),
  }),
});

const DayHoursInput = builder.inputType('DayHoursInput', {
  description: 'Opening hours of one day of the week.',
  fields: (t) => ({
    day: t.field({ type: DayOfWeek, required: true, description: 'The day of the week, each at most once.' }),
    periods: t.field({
      type: [OpenPeriodInput],
      required: true,
      maxItems: listLimits.periods,
      description: 'When it is open; none: closed that day. Periods neither overlap nor touch.',
    }),
  }),
});

const SetClinicHoursInput = builder.inputType('SetClinicHoursInput', {
  description: 'Opening hours of a location.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    locationId: t.id({
      description: 'The location: the PMS id, or the global id. Left out: the main location.',
    }),
    week: t.field({
      type: [DayHoursInput],
      required: true,
      maxItems: listLimits.days,
      description:
        'The days that change; others stay. Where the practice has recorded no hours yet (`ClinicHours.source` is neither `RECORDED` nor `PRACTICE_SESSIONS`), all seven.',
    }),
  }),
});

const AddDaysClosedInput = builder.inputType('AddDaysClosedInput', {
  description: 'Whole days on which the practice is closed, none of which is recorded yet.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    from: t.field({
      type: 'Date',
      required: true,
      description: `First day closed, at the practice. ${dateRange}`,
    }),
    to: t.field({
      type: 'Date',
      description: `Last day closed, inclusive. Left out: \`from\` alone. ${dateRange}`,
    }),
    reason: t.string({ description: 'Why, such as `Christmas Day`, at most 100 characters.' }),
    idempotencyKey: t.string({ description: idempotencyKeyText('time closed', 'records it') }),
  }),
});

const RemoveDaysClosedInput = builder.inputType('RemoveDaysClosedInput', {
  description: 'Days closed to remove.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    dayClosedId: t.id({
      required: true,
      description: 'The days: `id` or `pmsId` of an entry of `Practice.daysClosed`.',
    }),
  }),
});

builder.mutationFields((t) => ({
  setClinicHours: t.field({
    type: SetClinicHoursResult,
    authScopes: { scopes: ['clinic:write', 'clinic:read'] },
    nullable: false,
    description: `Sets the opening hours of a location, day by day. Sessions of users do not change: free times follow from those. Asking again is safe. ${assumed}`,
    args: {
      input: t.arg({ type: SetClinicHoursInput, required: true, description: 'Which hours, and where.' }),
    },
    resolve: setClinicHours,
  }),
  addDaysClosed: t.field({
    type: AddDaysClosedResult,
    authScopes: { scopes: ['clinic:write', 'clinic:read'] },
    nullable: false,
    description: `Closes the whole practice, every location, for some days. Free times of those days are gone; appointments that are booked already stay: look at \`Practice.appointments\`. ${assumed}`,
    args: {
      input: t.arg({ type: AddDaysClosedInput, required: true, description: 'When it is closed.' }),
    },
    resolve: addDaysClosed,
  }),
  removeDaysClosed: t.field({
    type: RemoveDaysClosedResult,
    authScopes: { scopes: ['clinic:write', 'clinic:read'] },
    nullable: false,
    description: `Opens the practice again on days that were closed. Asking again is safe: \`NotFound\` says that they are gone. ${assumed}`,
    args: {
      input: t.arg({ type: RemoveDaysClosedInput, required: true, description: 'Which days.' }),
    },
    resolve: removeDaysClosed,
  }),
}));
