import { firstDay, lastDay, maxDays, maxDaysAhead } from '../../resolvers/limits.ts';

/** The range of dates, for descriptions. */
export const dateRange = `From ${firstDay} to ${lastDay}.`;
/** The range of free times. */
const slotRange = `From ${firstDay} to ${maxDaysAhead} days (two years) from today; times in the past are not listed.`;
/** The range of moments at which appointments begin. */
export const bookableRange = `From now to ${maxDaysAhead} days (two years) from now.`;

/** What arguments that recur say. */
export const argumentTexts = {
  from: `First date, \`YYYY-MM-DD\`, in the calendar of the practice. ${dateRange}`,
  to: `Last date, inclusive. Left out: the one day of \`from\`. At most ${maxDays} days in all. ${dateRange}`,
  rangeTo: `Last date, inclusive. At most ${maxDays} days in all. ${dateRange}`,
  slotsFrom: `First date, \`YYYY-MM-DD\`, in the calendar of the practice. ${slotRange}`,
  slotsTo: `Last date, inclusive. Left out: the one day of \`from\`. At most ${maxDays} days in all. ${slotRange}`,
  userId: 'Only of this user: the PMS id, or the global id. An unknown one finds nothing.',
  locationId: 'Only at this location: the PMS id, or the global id. An unknown one finds nothing.',
  status: 'Only with one of these. Left out or empty: every status but `CANCELLED`.',
  durationMinutes:
    "Length of the times to find, in minutes, from 1 to 1440. Left out: each session's own length of a slot.",
  after: 'Continue after the entry with this cursor.',
  first: (byDefault: number, most: number) =>
    `How many at most, from 0 to ${most}. Left out: ${byDefault}. More than ${most} is \`InvalidInput\`.`,
} as const;

/** What inputs of mutations say. */
export const bpSiteIdText = 'The Bp Site ID of the practice, or its global id.';
export const idempotencyKeyText = (thing: string, does: string) =>
  `Text of your own, at most 200 characters, new for each ${thing}, such as a UUID: the same key with the same input within 24 hours ${does} once, however often it is sent, and answers the same. Always send one.`;
