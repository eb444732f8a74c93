/** How long a page of each list is without `first`, and at most. */
export const pageLimits = {
  appointments: { byDefault: 1_000, most: 5_000 },
  patients: { byDefault: 50, most: 500 },
  users: { byDefault: 200, most: 1_000 },
  locations: { byDefault: 200, most: 1_000 },
} as const;

/** Days that a range of dates may cover, both ends included. */
export const mostDays = 366;

/** The dates that arguments may name: what a `datetime` column of the practice's database can hold. */
export const firstDay = '1753-01-01';
export const lastDay = '9999-12-31';

/** Nobody is older. */
export const oldestYears = 130;

/** How many days ahead free times are looked for and appointments are booked or moved: two years. */
export const maxDaysAhead = 731;

/** Practices that one `practices` field, and things that one `nodes` field, may name. */
export const mostIds = 200;

export const mostSlotMinutes = 1_440;

/** Patients that one search may name by id: each is a parameter of one statement. */
export const mostSearchedIds = 500;

export const longestSiteId = 100;

/** Characters of a reason: Bp Premier's column has so many. */
export const longestText = 500;

/** Characters of an idempotency key. */
export const longestKey = 200;

/** Values that one operation may answer: some 12,000 appointments with everything that hangs on them. */
export const mostValues = 1_000_000;
