import * as prices from '../../price/write-prices.ts';
import { addDaysClosed, removeDaysClosed } from '../../resolvers/clinic/days-closed.ts';
import { setClinicHours } from '../../resolvers/clinic/set-clinic-hours.ts';
import { listLimits } from '../../resolvers/limits.ts';
import { bpSiteIdText, dateRange, idempotencyKeyText } from '../builder/args.ts';
import { builder } from '../builder/builder.ts';
import { DayOfWeek } from '../site/pms.ts';
import { AddDaysClosedResult, RemoveDaysClosedResult, SetClinicHoursResult } from '../write-results.ts';

const assumed =
  'Bp Premier documents no procedure for this change. It works in the sandbox and where the operator has allowed undocumented SQL statements; elsewhere the result is `OperationNotSupported`.';

const OpenPeriodInput = builder.inputType('OpenPeriodInput', {
  description: 'A period in which the location is open.',
  fields: (t) => ({
    opens: t.field({
      type: 'LocalTime',
      required: true,
      description: 'Opening time, in local time of the location, from `00:00` to `23:59`.',
    }),
    closes: t.field({
      type: 'LocalTime',
      required: true,
      description:
        'Closing time, in local time of the location, from `00:01` to `24:00` (the end of the day).',
    }),
  }),
});

const DayHoursInput = builder.inputType('DayHoursInput', {
  description: 'The opening hours of one day of the week.',
  fields: (t) => ({
    day: t.field({
      type: DayOfWeek,
      required: true,
      description: 'The day of the week. Each day may appear once.',
    }),
    periods: t.field({
      type: [OpenPeriodInput],
      required: true,
      maxItems: listLimits.periods,
      description:
        'The open periods. An empty list means closed on that day. Periods must not overlap or touch.',
    }),
  }),
});

const SetClinicHoursInput = builder.inputType('SetClinicHoursInput', {
  description: 'The opening hours of a location.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    locationId: t.id({
      description: 'The location: the PMS id or the global id. If omitted, the main location.',
    }),
    week: t.field({
      type: [DayHoursInput],
      required: true,
      maxItems: listLimits.days,
      description:
        'The days to change. Other days stay unchanged. Give all seven days if the practice has recorded no hours yet (`ClinicHours.source` is neither `RECORDED` nor `PRACTICE_SESSIONS`).',
    }),
  }),
});

const AddDaysClosedInput = builder.inputType('AddDaysClosedInput', {
  description: 'Whole days on which the practice is closed. None of them may be recorded as closed already.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    from: t.field({
      type: 'Date',
      required: true,
      description: `First closed day, in the calendar of the practice. ${dateRange}`,
    }),
    to: t.field({
      type: 'Date',
      description: `Last closed day, inclusive. If omitted, only the day of \`from\`. ${dateRange}`,
    }),
    reason: t.string({ description: 'The reason, such as `Christmas Day`, at most 100 characters.' }),
    idempotencyKey: t.string({ description: idempotencyKeyText('closure') }),
  }),
});

const RemoveDaysClosedInput = builder.inputType('RemoveDaysClosedInput', {
  description: 'A closure to remove.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    dayClosedId: t.id({
      required: true,
      description: 'The closure: `id` or `pmsId` of an entry of `Practice.daysClosed`.',
    }),
  }),
});

builder.mutationFields((t) => ({
  setClinicHours: t.field({
    type: SetClinicHoursResult,
    authScopes: { scopes: ['clinic:write', 'clinic:read'] },
    nullable: false,
    description: `Sets the opening hours of a location, per day of the week. The sessions of users, which determine the free slots, do not change. Retrying is safe. ${assumed}`,
    args: {
      input: t.arg({
        type: SetClinicHoursInput,
        required: true,
        description: 'The location and its new hours.',
      }),
    },
    price: prices.setClinicHours,
    resolve: setClinicHours,
  }),
  addDaysClosed: t.field({
    type: AddDaysClosedResult,
    authScopes: { scopes: ['clinic:write', 'clinic:read'] },
    nullable: false,
    description: `Records days on which the whole practice (every location) is closed. These days then have no free slots. Existing appointments stay: check \`Practice.appointments\`. ${assumed}`,
    args: {
      input: t.arg({ type: AddDaysClosedInput, required: true, description: 'The days to close.' }),
    },
    price: prices.addDaysClosed,
    resolve: addDaysClosed,
  }),
  removeDaysClosed: t.field({
    type: RemoveDaysClosedResult,
    authScopes: { scopes: ['clinic:write', 'clinic:read'] },
    nullable: false,
    description: `Removes a closure, so that the practice is open on these days again. Retrying is safe: \`NotFound\` means that the closure is already removed. ${assumed}`,
    args: {
      input: t.arg({ type: RemoveDaysClosedInput, required: true, description: 'The closure to remove.' }),
    },
    price: prices.removeDaysClosed,
    resolve: removeDaysClosed,
  }),
}));
