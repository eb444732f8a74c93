/** What the fields that read ask for: each as its resolver does, by the same selection and the same arguments. */
import { readBook } from '../resolvers/appointment/appointments.ts';
import { readGlobalId } from '../resolvers/global-id.ts';
import { selectionOf, selectionOn } from '../resolvers/selection.ts';
import { wantedBook } from '../resolvers/user/user-book.ts';
import { bookPart, daysOf, pageOf } from './book-part.ts';
import { type FieldPrice, type PricedField, practiceNamed } from './field-price.ts';
import type { Place } from './pricing.ts';
import { type Step, usualMost } from './steps.ts';

// Rests on assumption P4.

/** Sites that Halo Cloud lists for one PMS id: the practice's server, those before it, and one for tests. */
const maxSites = 5;

/** Answers with what is known: nothing is asked that costs anything. */
export const free: FieldPrice = (at) => at;
/** The practice that it belongs to. */
export const itsPractice: FieldPrice = (at) => only(at, 1);

/** A link to one location of each entity. */
export const location: FieldPrice = (at, { path }, pricing) =>
  usual(pricing.ask(at, path, [{ ask: 'locations' }]));

/** Other entities, with nothing that came along. */
const only = ({ book: _, numbers: __, ...at }: Place, most: number): Place => ({ ...at, most });
/** As many as there can be of them at a practice. */
const usual = (at: Place): Place => only(at, Math.min(at.most, usualMost));

export const practice: FieldPrice = (at, { args, path }) => ({
  ...at,
  practice: practiceNamed(args.bpSiteId),
  moment: path,
});

export const practices: FieldPrice = (at, { args, path }) => {
  const ids = args.bpSiteIds as readonly unknown[];
  if (ids.length === 0) return null;
  return { ...at, practice: path, moment: path, times: new Set(ids.map(practiceNamed)).size };
};

export const viewerPractices: FieldPrice = (at, { path }, _pricing, options) => ({
  ...at,
  practice: path,
  moment: path,
  times: options.viewerPractices,
});

/** Known by its Halo GUID. */
export const site: FieldPrice = (at, { path }) => ({ ...at, practice: `${at.practice} ${path}` });

export const sites: FieldPrice = (at, { path }) => ({ ...at, practice: path, times: at.times * maxSites });

/** Behind exactly one site: another connection than the practice's own, with loaders of its own. */
export const practiceOfSite: FieldPrice = (at, { path }) => ({
  ...only(at, 1),
  practice: `${at.practice} at its site`,
  moment: `${at.moment}>${path}`,
});

export const node: FieldPrice = (at, field, pricing, options) =>
  nodesOf([field.args.id], at, field, pricing, options);

export const nodes: FieldPrice = (at, field, pricing, options) => {
  const ids = field.args.ids as readonly unknown[];
  return nodesOf(ids, at, field, pricing, options);
};

function nodesOf(ids: readonly unknown[], ...[at, field, pricing]: Parameters<FieldPrice>): readonly Place[] {
  const { path, info } = field;
  const byType = new Map<string, string[]>();
  for (const id of new Set(ids.map(String))) {
    const global = readGlobalId(id);
    if (!global) continue;
    const place = 'pms' in global ? practiceNamed(id) : global.haloGuid;
    byType.set(global.type, [...(byType.get(global.type) ?? []), place]);
  }
  return [...byType].map(([type, named]) => {
    const times = new Set(named).size;
    const practice = `${path} ${type}`;
    const there = { ...at, practice, moment: path, type, times, most: named.length - times + 1 };
    const fields = selectionOn(info, type);
    switch (type) {
      case 'Appointment':
        return pricing.load(there, path, {
          loader: 'appointments',
          group: '',
          fields,
          step: appointmentsById,
        });
      case 'AppointmentType':
        return pricing.ask(there, path, [{ ask: 'appointmentTypes' }]);
      case 'Patient':
        return pricing.load(there, path, patientsById(fields));
      case 'User':
        return { ...pricing.load(there, path, usersById(fields)), numbers: true };
      case 'Location':
        return pricing.ask(there, path, [{ ask: 'locations' }]);
      case 'ClinicHours':
        return pricing.ask(there, path, [{ ask: 'locations' }, { ask: 'clinicHours' }]);
      default:
        return there;
    }
  });
}

const appointmentsById = (keys: number, fields: ReturnType<typeof selectionOf>): Step => ({
  ask: 'appointments',
  rows: keys,
  pages: Math.ceil(keys / usualMost),
  fields,
});
const patientsById = (fields: ReturnType<typeof selectionOf>) => ({
  loader: 'patients',
  group: '',
  fields,
  step: (keys: number): Step => ({ ask: 'patients', ids: keys }),
});
const usersById = (fields: ReturnType<typeof selectionOf>) => ({
  loader: 'users',
  group: '',
  fields,
  step: (_keys: number, read: typeof fields): Step => ({ ask: 'users', fields: read }),
});

export const timeZone: FieldPrice = (at, { path }, pricing) => pricing.ask(at, path, [{ ask: 'locations' }]);

export const locations: FieldPrice = (at, { path, args }, pricing) =>
  pricing.ask(at, path, [{ ask: 'locations' }], Math.min(pageOf(args.first, 'locations'), usualMost));

export const clinicHours: FieldPrice = (at, { path }, pricing) =>
  pricing.ask(at, path, [{ ask: 'locations' }, { ask: 'clinicHours' }]);

/** A plain question that each practice asks by itself. */
const asks =
  (ask: 'daysClosed' | 'appointmentTypes'): FieldPrice =>
  (at, { path }, pricing) =>
    pricing.ask(at, path, [{ ask }], usualMost);

export const daysClosed = asks('daysClosed');
export const appointmentTypes = asks('appointmentTypes');

export const appointments: FieldPrice = (at, { path, args, info }, pricing) => {
  const first = pageOf(args.first, 'appointments');
  const range = { from: args.from, to: args.to ?? args.from };
  const part = bookPart(range, first + 1, selectionOf(info));
  return pricing.ask(at, path, [{ ask: 'appointments', ...part }], Math.min(part.rows, first));
};

export const appointment: FieldPrice = (at, { path, info }, pricing) =>
  pricing.load({ ...at, most: 1 }, path, {
    loader: 'appointments',
    group: '',
    fields: selectionOf(info),
    step: appointmentsById,
  });

export const patient: FieldPrice = (at, { path, info }, pricing) =>
  pricing.load({ ...at, most: 1 }, path, patientsById(selectionOf(info)));

export const patients: FieldPrice = (at, { path, args }, pricing) => {
  const { pmsIds } = args.search as { readonly pmsIds?: readonly unknown[] | null };
  const first = pageOf(args.first, 'patients');
  const continued = typeof args.after === 'string';
  if (!pmsIds?.length) return pricing.ask(at, path, [{ ask: 'patientSearch', after: continued }], first);
  const named: Step = { ask: 'patients', ids: pmsIds.length, after: continued };
  return pricing.ask(at, path, [named], Math.min(first, pmsIds.length));
};

export const usersOfPractice: FieldPrice = (at, field, pricing) => {
  const { path, args } = field;
  const book = bookBelow(field);
  const fields = { ...selectionOf(field.info), ...(args.role ? { role: {} } : {}) };
  const found = pricing.ask(
    at,
    path,
    [{ ask: 'users', fields, ...(book && { book: book.part }) }],
    Math.min(pageOf(args.first, 'users'), usualMost),
  );
  return book ? { ...found, book: book.filters } : { ...found, numbers: true };
};

export const user: FieldPrice = (at, field, pricing) => {
  const { path, info } = field;
  const book = bookBelow(field);
  const fields = selectionOf(info);
  const single = { ...at, most: 1 };
  if (!book) return { ...pricing.load(single, path, usersById(fields)), numbers: true };
  const found = pricing.load(single, path, {
    loader: 'users with book',
    group: book.filters,
    fields: { ...fields, appointments: book.part.fields },
    step: (_keys, { appointments: read = {}, ...others }) => ({
      ask: 'users',
      fields: others,
      book: { ...book.part, fields: read },
    }),
  });
  return { ...found, book: book.filters };
};

/** The appointments that come along with the users, if the selection lets them. */
function bookBelow({ info }: PricedField) {
  const query = wantedBook(info)?.query;
  if (!query) return undefined;
  const { fields, limitPer: _, ...filters } = query;
  const part = bookPart(filters, Number.POSITIVE_INFINITY, fields);
  return { part, filters: JSON.stringify(filters) };
}

export const appointmentsOfUser: FieldPrice = (at, field, pricing) => {
  const { path, args, info } = field;
  const filters = filtersOf(args);
  const first = pageOf(args.first, 'appointments');
  const range = { from: args.from, to: args.to ?? args.from };
  const fields = selectionOf(info);
  const found =
    at.book === filters
      ? at
      : pricing.load(at, path, {
          loader: 'appointments of users',
          group: filters,
          fields,
          step: (keys, read) => ({ ask: 'appointments', ...bookPart(range, (first + 1) * keys, read) }),
        });
  return only(found, Math.min(first * at.most, bookPart(range, Number.POSITIVE_INFINITY, fields).rows));
};

export const appointmentsOfPatient: FieldPrice = (at, { path, args, info }, pricing) => {
  const first = pageOf(args.first, 'appointments');
  const fields = selectionOf(info);
  const found = pricing.load(at, path, {
    loader: 'appointments of patients',
    group: JSON.stringify(args),
    fields,
    step: (keys, read) => ({ ask: 'appointments', ...bookPart(args, (first + 1) * keys, read, keys) }),
  });
  return only(found, bookPart(args, first * at.most, fields, at.most).rows);
};

function filtersOf(args: PricedField['args']): string {
  try {
    return JSON.stringify(readBook(args as unknown as Parameters<typeof readBook>[0]).filters);
  } catch {
    // Refused, and never asked.
    return JSON.stringify(args);
  }
}

export const slotsOfPractice: FieldPrice = (at, { path, args }, pricing) =>
  pricing.ask(
    at,
    path,
    [{ ask: 'availableSlots', days: daysOf({ from: args.from, to: args.to ?? args.from }) ?? 1 }],
    usualMost,
  );

export const slotsOfUser: FieldPrice = (at, { path, args }, pricing) => {
  const days = daysOf({ from: args.from, to: args.to ?? args.from }) ?? 1;
  return perUser(at, path, pricing, 'slots', args, { ask: 'availableSlots', days });
};

export const sessionsOfUser: FieldPrice = (at, { path, args }, pricing) =>
  perUser(at, path, pricing, 'sessions', args, { ask: 'sessions' });

export const daysAwayOfUser: FieldPrice = (at, { path, args }, pricing) =>
  perUser(at, path, pricing, 'days away', args, { ask: 'daysAway' });

export const providerNumbersOfUser: FieldPrice = (at, { path, args }, pricing) =>
  at.numbers ? at : perUser(at, path, pricing, 'provider numbers', args, { ask: 'providerNumbers' });

/** What belongs to users: at most so many users again lead out of it, and locations. */
function perUser(
  at: Place,
  path: string,
  pricing: Parameters<FieldPrice>[2],
  loader: string,
  args: PricedField['args'],
  step: Step,
): Place {
  const found = pricing.load(at, path, { loader, group: JSON.stringify(args), fields: {}, step: () => step });
  return only(found, usualMost);
}

/** Loaded by id with all that others want in that moment. */
export const linkedUser: FieldPrice = (at, { path, info }, pricing) => ({
  ...pricing.load(usual(at), path, usersById(selectionOf(info))),
  numbers: true,
});

/** These came along with the appointments, as their selection wants it. */
export const userAlong: FieldPrice = (at) => usual(at);
export const patientAlong: FieldPrice = (at) => only(at, at.most);
export const locationAlong: FieldPrice = (at) => usual(at);
