import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../../context.ts';
import type { Patient } from '../../datasources/domain/patient.ts';
import type { AddedPatient, PatientDetails } from '../../datasources/domain/patient-writes.ts';
import type { Selection } from '../../datasources/domain/selection.ts';
import type { Practice } from '../../datasources/practice/practice.ts';
import { InvalidInput } from '../../errors.ts';
import type { Outcome } from '../../store/idempotency.ts';
import { isSameName, searchWords } from '../../text/name-words.ts';
import { datesAround } from '../appointment/free-time.ts';
import { asInput, InputCheck } from '../check-input.ts';
import { practiceOfInput } from '../practice/practices.ts';
import { selectionOfChanged } from '../selection.ts';
import { createOnce, keyOf } from '../writes/create-once.ts';
import { sendOnce } from '../writes/outcome.ts';
import { type Readable, readInTime } from '../writes/read-back.ts';
import { type PatientDetailsInput, readPatientDetails } from './patient-details.ts';
import { type PatientPayload, patientPayload } from './patient-payload.ts';
import { fieldsOf, isUnchanged } from './unchanged-patient.ts';

// Rests on assumption B35.

export interface AddPatientInput extends PatientDetailsInput {
  readonly bpSiteId: string;
  readonly lastName: string;
  readonly birthDate: string;
  readonly allowNamesake: boolean;
  readonly idempotencyKey?: string | null | undefined;
}

interface NewPatient extends PatientDetails {
  readonly lastName: string;
  readonly birthDate: string;
}

const nothing: PatientDetails = {
  title: null,
  firstName: null,
  middleName: null,
  lastName: null,
  preferredName: null,
  birthDate: null,
  sex: 'UNKNOWN',
  address: null,
  postalAddress: null,
  homePhone: null,
  workPhone: null,
  mobilePhone: null,
  email: null,
  medicare: null,
  dva: null,
};

/** `Mutation.addPatient` */
export async function addPatient(
  _root: unknown,
  { input }: { readonly input: AddPatientInput },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<PatientPayload> {
  const practice = await practiceOfInput(input, context);
  const check = new InputCheck();
  const { bpSiteId: _, allowNamesake, idempotencyKey: __, ...given } = input;
  const details = readPatientDetails(check, given, datesAround(practice.connection.now()).to, 'new');
  const idempotencyKey = keyOf(check, input);
  check.done();
  const patient = { ...nothing, ...details } as NewPatient;
  const fields = selectionOfChanged(info, 'patient');
  let added: Patient | null = null;
  const id = await createOnce(context, practice, {
    mutation: 'addPatient',
    idempotencyKey,
    input: { patient, allowNamesake },
    async make() {
      const made = await add(context, practice, patient, { allowNamesake, fields });
      added = made.patient;
      return { id: made.patientId };
    },
    find: () => findAdded(context, practice, patient),
  });
  // Null if an earlier request with the same key has added the patient.
  const data = added as Patient | null;
  return data
    ? { patient: { kind: 'Patient', practice, data } }
    : patientPayload(context, practice, id, fields, idempotencyKey);
}

async function add(
  context: GraphContext,
  practice: Practice,
  patient: NewPatient,
  { allowNamesake, fields }: { readonly allowNamesake: boolean; readonly fields: Selection },
): Promise<AddedPatient> {
  const namesakes = await namesakesOf(practice, patient);
  // If the response were lost, a patient with the same details would be taken for the new one.
  if (namesakes.some((each) => isUnchanged(each, known(patient))))
    refuse('The practice already has this patient.');
  if (namesakes.length > 0 && !allowNamesake) {
    refuse(
      'The practice already has a patient with this name and date of birth. Check whether it is the same person before you add another one.',
    );
  }
  return sendOnce(
    () => asInput(practice.writes.addPatient({ ...patient, fields })),
    async () => {
      const now = await readInTime(context, practice, (at) => namesakesOf(at, patient));
      // An error inside the procedure can leave a patient without some of the details.
      const added = now.find(({ pmsId }) => namesakes.every((each) => each.pmsId !== pmsId));
      return added ? { written: { patientId: added.pmsId, patient: null } } : 'UNCHANGED';
    },
    ({ patientId }) => practice.connection.warnOfWrite('WRITE_INCOMPLETE', { patientId }),
  );
}

function refuse(message: string): never {
  throw new InvalidInput([{ path: ['input'], message }]);
}

/** The given details of a patient. */
function known(patient: NewPatient): Partial<PatientDetails> {
  return Object.fromEntries(
    Object.entries(patient).filter(([, value]) => value !== null && value !== 'UNKNOWN'),
  );
}

/** Patients with the same birth date and equivalent names: `O’Brien` and `O'Brien` are equivalent. */
async function namesakesOf({ data }: Readable, patient: NewPatient): Promise<readonly Patient[]> {
  const { firstName, lastName, birthDate } = patient;
  // Equivalent names begin with the same letters, written as one word or two.
  const initials = [firstName, lastName].map((name) => searchWords(name ?? '')[0]?.slice(0, 1) ?? '');
  const found = await data.patients({
    search: { name: initials.join(' ').trim(), birthDate },
    fields: fieldsOf(patient),
  });
  return found.filter(
    (each) =>
      each.birthDate === birthDate &&
      isSameName(each.firstName, firstName) &&
      isSameName(each.lastName, lastName),
  );
}

async function findAdded(
  context: GraphContext,
  practice: Practice,
  patient: NewPatient,
): Promise<Outcome | null> {
  const namesakes = await readInTime(context, practice, (at) => namesakesOf(at, patient));
  const found = namesakes.find((each) => isUnchanged(each, known(patient)));
  return found ? { id: found.pmsId } : null;
}
