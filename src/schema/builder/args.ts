import { firstDay, lastDay, maxBookDays, maxDays, maxDaysAhead } from '../../resolvers/limits.ts';

/** The permitted range of dates, for descriptions. */
export const dateRange = `From ${firstDay} to ${lastDay}.`;
/** The permitted range of dates for free slots. */
const slotRange = `From ${firstDay} to ${maxDaysAhead} days (two years) from today. Times in the past are not listed.`;
/** The permitted range of start times of a booking. */
export const bookableRange = `From now to ${maxDaysAhead} days (two years) from now.`;

/** Descriptions of arguments that several fields have. */
export const argumentTexts = {
  from: `First date, \`YYYY-MM-DD\`, in the calendar of the practice. ${dateRange}`,
  to: `Last date, inclusive. If omitted, only the day of \`from\`. At most ${maxDays} days in total. ${dateRange}`,
  bookTo: `Last date, inclusive. If omitted, only the day of \`from\`. At most ${maxBookDays} days in total. ${dateRange}`,
  bookUserIds:
    'Only appointments of these users: the PMS ids or the global ids. If omitted or empty, of all users.',
  rangeTo: `Last date, inclusive. At most ${maxDays} days in total. ${dateRange}`,
  slotsFrom: `First date, \`YYYY-MM-DD\`, in the calendar of the practice. ${slotRange}`,
  slotsTo: `Last date, inclusive. If omitted, only the day of \`from\`. At most ${maxDays} days in total. ${slotRange}`,
  userId: 'Only entries of this user: the PMS id or the global id. An unknown id matches nothing.',
  locationId: 'Only entries at this location: the PMS id or the global id. An unknown id matches nothing.',
  status: 'Only appointments with one of these statuses. If omitted or empty, all except `CANCELLED`.',
  durationMinutes:
    'Length of the slots in minutes, from 1 to 1440. If omitted, the slot length of each session.',
  after: 'Return entries after this cursor.',
  first: (byDefault: number, most: number) =>
    `Maximum number of entries, from 0 to ${most}. If omitted, ${byDefault}. More than ${most} is \`InvalidInput\`.`,
} as const;

/** Descriptions of input fields that several mutations have. */
export const bpSiteIdText = 'The practice: its Bp Site ID or its global id.';
export const idempotencyKeyText = (thing: string) =>
  `A unique text that you generate for each ${thing}, such as a UUID, at most 200 characters. Repeated requests with the same key and the same input within 24 hours make the change only once and return the same result. Always send a key.`;
