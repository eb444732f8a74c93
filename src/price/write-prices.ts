/**
 * What mutations ask for: what they look at before, the change itself, and the reading back. A refusal may look at more than
 * a change that goes well, and then sends none.
 */
import { readsOnly } from '../datasources/halo-cloud/sql/reads-only.ts';
import type { PracticeWrites } from '../datasources/practice/write-port.ts';
import { selectionOfChanged } from '../resolvers/selection.ts';
import { bookPart } from './book-part.ts';
import { type FieldPrice, type PricedField, practiceNamed } from './field-price.ts';
import type { Step } from './steps.ts';

type Input = Readonly<Record<string, unknown>>;

/** A change of one thing, of which the payload tells by that name. */
function change(
  steps: (input: Input, after: Step) => readonly Step[],
  what: 'appointment' | 'patient' | 'user',
): FieldPrice {
  return (at, { path, args, info }, pricing) => {
    const input = args.input as Input;
    const fields = selectionOfChanged(info, what);
    const after: Step =
      what === 'appointment'
        ? { readBack: { ask: 'appointments', rows: 1, pages: 1, fields } }
        : what === 'patient'
          ? { readBack: { ask: 'patients', ids: 1 } }
          : { ask: 'users', fields };
    const there = { ...at, practice: practiceNamed(input.bpSiteId), moment: path };
    const changed = pricing.ask(there, path, steps(input, after));
    return what === 'user' ? { ...changed, numbers: true } : changed;
  };
}

/** A change of the practice itself. */
function clinicChange(steps: (input: Input) => readonly Step[]): FieldPrice {
  return (at, { path, args }, pricing) => {
    const input = args.input as Input;
    return pricing.ask({ ...at, practice: practiceNamed(input.bpSiteId), moment: path }, path, steps(input));
  };
}

const theAppointment: Step = { ask: 'appointments', rows: 1, pages: 1, fields: {} };
const thePatient: Step = { ask: 'patients', ids: 1 };
const theUser: Step = { ask: 'users', fields: {} };
/** The two wall dates that an instant can have. */
const aDayOrTwo = { from: '2026-01-01', to: '2026-01-02' };
const theDay: Step = { ask: 'appointments', ...bookPart(aDayOrTwo, Number.POSITIVE_INFINITY, {}) };
const freeTimes: Step = { ask: 'availableSlots', days: 2 };
const send = (write: keyof PracticeWrites): Step => ({ write });
const given = (input: Input, field: string, step: Step): readonly Step[] =>
  input[field] === undefined || input[field] === null ? [] : [step];
/** An earlier write under the key, of which nothing is known, is looked for first. */
const lookFor = (input: Input, step: Step) => given(input, 'idempotencyKey', step);
/** Whether and where it can be; a time that is not free is explained. */
const facts = (...others: readonly Step[]): Step => ({
  atOnce: [...others, freeTimes, { ask: 'locations' }, theUser, theDay],
});

export const bookAppointment = change(
  (input, after) => [
    ...lookFor(input, theDay),
    facts(thePatient, ...given(input, 'typeId', { ask: 'appointmentTypes' })),
    send('bookAppointment'),
    after,
  ],
  'appointment',
);

export const updateAppointment = change((_input, after) => [send('updateAppointment'), after], 'appointment');

export const moveAppointment = change(
  (_input, after) => [facts(theAppointment), send('moveAppointment'), after],
  'appointment',
);

export const cancelAppointment = change((_input, after) => [send('cancelAppointment'), after], 'appointment');

export const arriveAppointment = change((_input, after) => [send('arriveAppointment'), after], 'appointment');

const namesakes: Step = { ask: 'patientSearch', after: false };

export const addPatient = change(
  (input, after) => [...lookFor(input, namesakes), namesakes, send('addPatient'), after],
  'patient',
);

export const updatePatient = change((_input, after) => [thePatient, send('updatePatient'), after], 'patient');

export const updateUser = change((_input, after) => [theUser, send('updateUser'), after], 'user');

const absences: Step = { ask: 'daysAway' };

export const addUserDaysAway = change(
  (input, after) => [...lookFor(input, absences), theUser, absences, send('addDayAway'), absences, after],
  'user',
);

export const removeUserDaysAway = change(
  (_input, after) => [theUser, absences, send('removeDayAway'), after],
  'user',
);

export const setClinicHours = clinicChange(() => [
  { ask: 'locations' },
  { ask: 'clinicHours' },
  send('setClinicHours'),
  { ask: 'clinicHoursAnew' },
]);

const closures: Step = { ask: 'daysClosed' };

export const addDaysClosed = clinicChange((input) => [
  ...lookFor(input, closures),
  closures,
  send('addDayClosed'),
  closures,
]);

export const removeDaysClosed = clinicChange(() => [closures, send('removeDayClosed')]);

/** A statement of the caller's. One that certainly reads is charged again where its result is too large. */
export const runSql: FieldPrice = (at, field, pricing) =>
  pricing.ask(at, field.path, [{ sql: goesOn(field) ? 2 : 1 }]);

/** Its runs at the practice, later and by themselves, are no calls of the operation. */
export const sendSql: FieldPrice = (at, { path }, pricing) => pricing.ask(at, path, [{ sql: 1 }]);

function goesOn({ args }: PricedField): boolean {
  const { command } = args.input as { readonly command: Input };
  return (
    command.type === 'text' &&
    command.executionMode === 'reader' &&
    readsOnly(String(command.text), { functionsMayWrite: false })
  );
}
