/** The questions that reading fields send: the same as their resolvers, from the same arguments and selection. */
import { mergeSelections } from '../datasources/domain/merge-selections.ts';
import { maxMatching, maxOfKind, maxReturned } from '../datasources/domain/practice-size.ts';
import type { PricedQuestion } from '../datasources/practice/source-adapter.ts';
import { readBook } from '../resolvers/appointment/appointments.ts';
import { selectionOf } from '../resolvers/selection.ts';
import { wantedBook } from '../resolvers/user/user-book.ts';
import type { Entities, Pricing } from './count-charged-calls.ts';
import { type FieldPrice, type PricedField, practiceNamed } from './field-price.ts';
import { byId } from './loads.ts';
import { pageOf, rangeOf } from './page-and-range.ts';
import * as questions from './questions.ts';

// Rests on assumption P4.

/** Sites that Halo Cloud lists for one PMS id: the server of the practice, former ones, and one for tests. */
const maxSites = 5;

/** Reads known data, or records of Halo Cloud itself, which are never charged. */
export const free: FieldPrice = (at) => at;
/** The practice that an entity belongs to. */
export const itsPractice: FieldPrice = (at) => only(at, 1);

/** A link from each entity to one location. */
export const location: FieldPrice = (at, { path }, pricing) =>
  upToAll(pricing.send(at, path, [questions.locations]));

/** Entities of another context, in which nothing was read before. */
const only = ({ withAppointments: _, withProviderNumbers: __, ...at }: Entities, max: number): Entities => ({
  ...at,
  max,
});
/** At most the number that a practice has. */
const upToAll = (at: Entities): Entities => only(at, Math.min(at.max, maxOfKind));

export const practice: FieldPrice = (at, { args, path }) => ({
  ...at,
  practice: practiceNamed(args.bpSiteId),
  moment: path,
});

export const practices: FieldPrice = (at, { args, path }) => {
  const ids = args.bpSiteIds as readonly unknown[];
  if (ids.length === 0) return null;
  return { ...at, practice: path, moment: path, practices: new Set(ids.map(practiceNamed)).size };
};

export const viewerPractices: FieldPrice = (at, { path }, _pricing, options) => ({
  ...at,
  practice: path,
  moment: path,
  practices: options.viewerPractices,
});

/** A site by its Halo GUID. */
export const site: FieldPrice = (at, { path }) => ({ ...at, practice: `${at.practice} ${path}` });

export const sites: FieldPrice = (at, { path }) => ({
  ...at,
  practice: path,
  practices: at.practices * maxSites,
});

/** The practice at exactly this site has a connection and loaders of its own. */
export const practiceOfSite: FieldPrice = (at, { path }) => ({
  ...only(at, 1),
  practice: `${at.practice} at its site`,
  moment: `${at.moment}>${path}`,
});

export const timeZone: FieldPrice = (at, { path }, pricing) => pricing.send(at, path, [questions.locations]);

export const locations: FieldPrice = (at, { path, args }, pricing) =>
  pricing.send(at, path, [questions.locations], Math.min(pageOf(args.first, 'locations'), maxOfKind));

export const clinicHours: FieldPrice = (at, { path }, pricing) =>
  pricing.send(at, path, [questions.locations, questions.clinicHours]);

export const daysClosed: FieldPrice = (at, { path }, pricing) =>
  pricing.send(at, path, [questions.daysClosed], maxOfKind);

export const appointmentTypes: FieldPrice = (at, { path }, pricing) =>
  pricing.send(at, path, [questions.appointmentTypes], maxOfKind);

export const appointments: FieldPrice = (at, { path, args, info }, pricing) => {
  const first = pageOf(args.first, 'appointments');
  const query = { ...rangeOf(args), limit: first + 1, fields: selectionOf(info) };
  return pricing.send(at, path, [{ method: 'appointments', query }], Math.min(maxReturned(query), first));
};

export const appointment: FieldPrice = (at, { path, info }, pricing) =>
  pricing.load({ ...at, max: 1 }, path, byId.appointments(selectionOf(info)));

export const patient: FieldPrice = (at, { path, info }, pricing) =>
  pricing.load({ ...at, max: 1 }, path, byId.patients(selectionOf(info)));

export const patients: FieldPrice = (at, { path, args }, pricing) => {
  const { pmsIds } = args.search as { readonly pmsIds?: readonly unknown[] | null };
  const first = pageOf(args.first, 'patients');
  const isContinued = typeof args.after === 'string';
  const ids = pmsIds?.length || undefined;
  return pricing.send(at, path, [questions.patientSearch(isContinued, ids)], Math.min(first, ids ?? first));
};

export const usersOfPractice: FieldPrice = (at, field, pricing) => {
  const { path, args } = field;
  const book = bookBelow(field);
  const fields = { ...selectionOf(field.info), ...(args.role ? { role: {} } : {}) };
  const query = { fields, ...(book && { appointments: book.query }) };
  const max = Math.min(pageOf(args.first, 'users'), maxOfKind);
  const found = pricing.send(at, path, [{ method: 'users', query }], max);
  return book ? { ...found, withAppointments: book.filters } : { ...found, withProviderNumbers: true };
};

export const user: FieldPrice = (at, field, pricing) => {
  const { path, info } = field;
  const book = bookBelow(field);
  const fields = selectionOf(info);
  const single = { ...at, max: 1 };
  if (!book) return { ...pricing.load(single, path, byId.users(fields)), withProviderNumbers: true };
  const found = pricing.load(single, path, {
    loader: 'users with appointments',
    group: book.filters,
    fields: { ...fields, appointments: book.query.fields },
    question: (_keys, { appointments: read = {}, ...others }) => ({
      method: 'users',
      query: { fields: others, appointments: { ...book.query, fields: read } },
    }),
  });
  return { ...found, withAppointments: book.filters };
};

/** The appointments that are read with the users, if the selection allows it. */
function bookBelow({ info }: PricedField) {
  const query = wantedBook(info)?.query;
  if (!query) return undefined;
  const { fields, limitPer: _, ...filters } = query;
  return { query: { ...rangeOf(filters), fields }, filters: JSON.stringify(filters) };
}

export const appointmentsOfUser: FieldPrice = (at, { path, args, info }, pricing) => {
  const filters = filtersOf(args);
  const first = pageOf(args.first, 'appointments');
  const range = rangeOf(args);
  const found =
    at.withAppointments === filters
      ? at
      : pricing.load(at, path, {
          loader: 'appointments of users',
          group: filters,
          fields: selectionOf(info),
          question: (keys, fields) => ({
            method: 'appointments',
            // There are no more users than one request takes.
            query: { ...range, limit: (first + 1) * keys, fields },
          }),
        });
  return only(found, Math.min(first * at.max, maxMatching(range)));
};

export const appointmentsOfPatient: FieldPrice = (at, { path, args, info }, pricing) => {
  const first = pageOf(args.first, 'appointments');
  const isOpen = typeof args.from !== 'string' || typeof args.to !== 'string';
  const range = isOpen ? {} : rangeOf(args);
  const found = pricing.load(at, path, {
    loader: 'appointments of patients',
    group: JSON.stringify(args),
    fields: selectionOf(info),
    question: (keys, fields) => ({
      method: 'appointments',
      query: { ...range, patientIds: { length: keys }, limit: first + 1, limitPer: 'patient', fields },
    }),
  });
  return only(found, maxReturned({ ...range, patientIds: { length: at.max }, limit: first * at.max }));
};

function filtersOf(args: PricedField['args']): string {
  try {
    return JSON.stringify(readBook(args as unknown as Parameters<typeof readBook>[0]).filters);
  } catch {
    // Refused, so it is never sent.
    return JSON.stringify(args);
  }
}

export const slotsOfPractice: FieldPrice = (at, { path, args }, pricing) =>
  pricing.send(at, path, [{ method: 'availableSlots', query: rangeOf(args) }], maxOfKind);

export const slotsOfUser: FieldPrice = (at, { path, args }, pricing) =>
  perUser(at, path, pricing, 'slots', args, { method: 'availableSlots', query: rangeOf(args) });

export const sessionsOfUser: FieldPrice = (at, { path, args }, pricing) =>
  perUser(at, path, pricing, 'sessions', args, questions.sessions);

export const daysAwayOfUser: FieldPrice = (at, { path, args }, pricing) =>
  perUser(at, path, pricing, 'days away', args, questions.daysAway);

export const providerNumbersOfUser: FieldPrice = (at, { path, args }, pricing) =>
  at.withProviderNumbers
    ? at
    : perUser(at, path, pricing, 'provider numbers', args, questions.providerNumbers);

/** Belongs to users, and links back to at most as many users and locations. */
function perUser(
  at: Entities,
  path: string,
  pricing: Pricing,
  loader: string,
  args: PricedField['args'],
  question: PricedQuestion,
): Entities {
  const load = { loader, group: JSON.stringify(args), fields: {}, question: () => question };
  return only(pricing.load(at, path, load), maxOfKind);
}

/** Loaded by id together with the other users of that moment. */
export const linkedUser: FieldPrice = (at, { path, info }, pricing) => ({
  ...pricing.load(upToAll(at), path, byId.users(selectionOf(info))),
  withProviderNumbers: true,
});

/** Read with the appointments. */
export const userAlong: FieldPrice = (at) => upToAll(at);
export const patientAlong: FieldPrice = (at) => only(at, at.max);
export const locationAlong: FieldPrice = (at) => upToAll(at);

/** One read of the whole book. Free if the book is already watched. The watch shares no read with the operation. */
export const appointmentChanges: FieldPrice = (at, { path, args, info }, pricing) => {
  const { changes: { appointment = {} } = {} } = selectionOf(info);
  const query = { ...rangeOf(args), fields: appointment };
  return pricing.send(at, path, [{ again: { method: 'appointments', query } }], maxReturned(query));
};

/**
 * The most that it can cost in an hour: the checks of the book in an hour, each with one read of what changed. A change that
 * is made through this API is read too, beyond this.
 */
export const appointmentBook: FieldPrice = (at, { path, args, info }, pricing, { checksPerHour = 60 }) => {
  const { appointments = {}, changes: { appointment = {} } = {} } = selectionOf(info);
  const range = rangeOf(args);
  const fields = mergeSelections([appointments, appointment]);
  const hourly = { ...at, practice: practiceNamed(args.bpSiteId), moment: path, waves: checksPerHour + 1 };
  const questions = [{}, fields].map((each) => ({
    method: 'appointments' as const,
    query: { ...range, fields: each },
  }));
  return pricing.send(hourly, path, questions, maxReturned(range));
};
