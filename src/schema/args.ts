/** What arguments that recur say. */
export const argumentTexts = {
  from: 'First date, `YYYY-MM-DD`, in the calendar of the practice.',
  to: 'Last date, inclusive. Left out: the one day of `from`. At most 366 days in all.',
  rangeTo: 'Last date, inclusive. At most 366 days in all.',
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
