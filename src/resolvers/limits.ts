/** How long a page of each list is without `first`, and at most. */
export const pageLimits = {
  appointments: { byDefault: 1_000, most: 5_000 },
  patients: { byDefault: 50, most: 500 },
  users: { byDefault: 200, most: 1_000 },
  locations: { byDefault: 200, most: 1_000 },
} as const;

/** Days that a range of dates may cover, both ends included. */
export const maxDays = 366;

/** The dates that arguments may name: what a `datetime` column of the practice's database can hold, with a day after each. */
export const firstDay = '1753-01-01';
export const lastDay = '9999-12-30';

/** Nobody is older. */
export const oldestYears = 130;

/** How many days ahead free times are looked for and appointments are booked or moved: two years. */
export const maxDaysAhead = 731;

export const maxSlotMinutes = 1_440;

/** How many items the lists of the schema may have. */
export const listLimits = {
  /** Of one `practices` or `nodes` field. */
  ids: { max: 200, of: 'ids' },
  /** Of one patient search: each is a parameter of one statement. */
  searchedIds: { max: 500, of: 'ids' },
  /** Of one `sqlQueries` field. */
  queryIds: { max: 1_000, of: 'ids' },
  statuses: { max: 50, of: 'statuses' },
  /** SQL Server takes 2,100 of one call; sp_executesql needs two of them for the text and its declarations (assumption H14). */
  parameters: { max: 2_098, of: 'parameters' },
  days: { max: 7, of: 'days' },
  /** Times that one day may be open, more than any clinic has. */
  periods: { max: 10, of: 'periods' },
} as const;

export const longestSiteId = 100;

/** Characters of a reason: Bp Premier's column has so many. */
export const longestText = 500;

/** Characters of an e-mail address: `EMAIL.EMAIL` and `USERS.EMAIL` have so many. */
export const longestEmail = 250;

/** Characters of an idempotency key, as people count them. */
export const longestKey = 200;
