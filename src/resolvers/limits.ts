/** Page size of each list: without `first`, and the maximum. */
export const pageLimits = {
  appointments: { byDefault: 1_000, max: 5_000 },
  patients: { byDefault: 50, max: 500 },
  users: { byDefault: 200, max: 1_000 },
  locations: { byDefault: 200, max: 1_000 },
} as const;

/** Maximum length of a range of dates in days, both ends included. */
export const maxDays = 366;

/** Days that a subscription to an appointment book may cover, both ends included. */
export const maxBookDays = 7;

/** Range of dates in arguments: what a `datetime` column can hold, with one day after the last. */
export const firstDay = '1753-01-01';
export const lastDay = '9999-12-30';

/** Maximum age. */
export const oldestYears = 130;

/** How many days ahead free times can be searched and appointments booked or moved: two years. */
export const maxDaysAhead = 731;

export const maxSlotMinutes = 1_440;

/** Maximum length of the lists in arguments. */
export const listLimits = {
  /** One `practices` or `nodes` field. */
  ids: { max: 200, of: 'ids' },
  /** One patient search: each id is a parameter of one statement. */
  searchedIds: { max: 500, of: 'ids' },
  /** One `sqlQueries` field. */
  queryIds: { max: 1_000, of: 'ids' },
  statuses: { max: 50, of: 'statuses' },
  /** Of one subscription to an appointment book. */
  bookUsers: { max: 100, of: 'ids' },
  /** SQL Server takes 2,100 parameters in a call. sp_executesql uses two for the text and its declarations (assumption H14). */
  parameters: { max: 2_098, of: 'parameters' },
  days: { max: 7, of: 'days' },
  /** Opening periods of one day. */
  periods: { max: 10, of: 'periods' },
} as const;

export const longestSiteId = 100;

/** Characters of a reason: the width of Bp Premier's column. */
export const longestText = 500;

/** Characters of an e-mail address: the width of `EMAIL.EMAIL` and `USERS.EMAIL`. */
export const longestEmail = 250;

/** Graphemes of an idempotency key. */
export const longestKey = 200;
