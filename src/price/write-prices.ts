/**
 * The questions and changes that mutations send: the reads before the change, the change, and the read after it. A
 * rejected change may read more than a successful one, but then nothing is written.
 */
import type { Selection } from '../datasources/domain/selection.ts';
import { readsOnly } from '../datasources/halo-cloud/sql/reads-only.ts';
import type { PricedQuestion } from '../datasources/practice/source-adapter.ts';
import { selectionOfChanged } from '../resolvers/selection.ts';
import { type FieldPrice, type PricedField, practiceNamed } from './field-price.ts';
import { twoDays } from './page-and-range.ts';
import * as questions from './questions.ts';
import type { Step } from './steps.ts';

type Input = Readonly<Record<string, unknown>>;

export interface ChangePrice extends FieldPrice {
  /** For an input of required fields only, and a payload without links. */
  readonly plainSteps: readonly Step[];
}

/** A change of one entity, which the payload returns under that name. `again` reads it with the selected fields. */
function change(
  what: 'appointment' | 'patient' | 'user',
  steps: (input: Input, again: PricedQuestion) => readonly Step[],
): ChangePrice {
  const price: FieldPrice = (at, { path, args, info }, pricing) => {
    const input = args.input as Input;
    const again = byName[what](selectionOfChanged(info, what));
    const there = { ...at, practice: practiceNamed(input.bpSiteId), moment: path };
    const changed = pricing.send(there, path, steps(input, again));
    return what === 'user' ? { ...changed, withProviderNumbers: true } : changed;
  };
  return Object.assign(price, { plainSteps: steps({}, byName[what]({})) });
}

const byName = {
  appointment: (fields: Selection) => questions.appointmentsById(1, fields),
  patient: () => questions.patientsById(1),
  user: questions.users,
};

/** A change of the practice itself. */
function clinicChange(steps: (input: Input) => readonly Step[]): ChangePrice {
  const price: FieldPrice = (at, { path, args }, pricing) => {
    const input = args.input as Input;
    return pricing.send({ ...at, practice: practiceNamed(input.bpSiteId), moment: path }, path, steps(input));
  };
  return Object.assign(price, { plainSteps: steps({}) });
}

const theAppointment = questions.appointmentsById(1, {});
const thePatient = questions.patientsById(1);
const theUser = questions.users({});
const theDay: PricedQuestion = { method: 'appointments', query: { ...twoDays, fields: {} } };
const freeSlots: PricedQuestion = { method: 'availableSlots', query: twoDays };
const namesakes = questions.patientSearch(false);

const ifGiven = (input: Input, field: string, step: Step): readonly Step[] =>
  input[field] === undefined || input[field] === null ? [] : [step];
/** With a key, the first read looks for an earlier change with an unknown outcome. */
const earlier = (input: Input, step: Step) => ifGiven(input, 'idempotencyKey', step);
/** Whether the time can be booked, and if not, why. */
const facts = (...others: readonly Step[]): Step => ({
  atOnce: { method: 'factsForBooking', query: {} },
  else: [...others, freeSlots, questions.locations, theUser, theDay],
});

export const bookAppointment = change('appointment', (input, readBack) => [
  ...earlier(input, theDay),
  facts(thePatient, ...ifGiven(input, 'typeId', questions.appointmentTypes)),
  { write: 'bookAppointment', readBack },
]);

export const updateAppointment = change('appointment', (_input, readBack) => [
  { write: 'updateAppointment', readBack },
]);

export const moveAppointment = change('appointment', (_input, readBack) => [
  facts(theAppointment),
  { write: 'moveAppointment', readBack },
]);

export const cancelAppointment = change('appointment', (_input, readBack) => [
  { write: 'cancelAppointment', readBack },
]);

export const arriveAppointment = change('appointment', (_input, readBack) => [
  { write: 'arriveAppointment', readBack },
]);

export const addPatient = change('patient', (input, readBack) => [
  ...earlier(input, namesakes),
  namesakes,
  { write: 'addPatient', readBack },
]);

export const updatePatient = change('patient', (_input, readBack) => [
  thePatient,
  { write: 'updatePatient', readBack },
]);

export const updateUser = change('user', (_input, readBack) => [theUser, { write: 'updateUser', readBack }]);

export const addUserDaysAway = change('user', (input, again) => [
  ...earlier(input, questions.daysAway),
  theUser,
  questions.daysAway,
  { write: 'addDayAway', readBack: questions.daysAway },
  again,
]);

export const removeUserDaysAway = change('user', (_input, again) => [
  theUser,
  questions.daysAway,
  { write: 'removeDayAway' },
  again,
]);

export const setClinicHours = clinicChange(() => [
  questions.locations,
  questions.clinicHours,
  { write: 'setClinicHours' },
  { again: questions.clinicHours },
]);

export const addDaysClosed = clinicChange((input) => [
  ...earlier(input, questions.daysClosed),
  questions.daysClosed,
  { write: 'addDayClosed', readBack: questions.daysClosed },
]);

export const removeDaysClosed = clinicChange(() => [questions.daysClosed, { write: 'removeDayClosed' }]);

/** SQL of the caller. If it certainly only reads, it runs a second time where its result is too large. */
export const runSql: FieldPrice = (at, field, pricing) =>
  pricing.send(at, field.path, [{ sql: mayRunTwice(field) ? 2 : 1 }]);

/** The later runs of a registered query at the practice are not calls of the operation. */
export const sendSql: FieldPrice = (at, { path }, pricing) => pricing.send(at, path, [{ sql: 1 }]);

function mayRunTwice({ args }: PricedField): boolean {
  const { command } = args.input as { readonly command: Input };
  return (
    command.type === 'text' &&
    command.executionMode === 'reader' &&
    readsOnly(String(command.text), { functionsMayWrite: false })
  );
}
