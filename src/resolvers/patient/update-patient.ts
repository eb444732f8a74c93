import { isDeepStrictEqual } from 'node:util';
import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../../context.ts';
import { mergeSelections } from '../../datasources/domain/merge-selections.ts';
import type { ChangedPatient } from '../../datasources/domain/patient-writes.ts';
import { isPmsId } from '../../datasources/practice/practice.ts';
import { NotFound, UpstreamFailed } from '../../errors.ts';
import { datesAround } from '../appointment/free-time.ts';
import { asInput, InputCheck } from '../check-input.ts';
import { readPmsId } from '../global-id.ts';
import { practiceOfInput } from '../practice/practices.ts';
import { selectionOfChanged } from '../selection.ts';
import { type Look, sendIdempotent } from '../writes/outcome.ts';
import { readInTime } from '../writes/read-back.ts';
import { type PatientDetailsInput, readPatientDetails } from './patient-details.ts';
import { type PatientPayload, patientNow, patientPayload } from './patient-payload.ts';
import { fieldsOf, isAsBefore, isUnchanged } from './unchanged-patient.ts';

export interface UpdatePatientInput extends PatientDetailsInput {
  readonly bpSiteId: string;
  readonly patientId: string;
}

/** `Mutation.updatePatient`. Nothing is sent if the patient has these details already. */
export async function updatePatient(
  _root: unknown,
  { input }: { readonly input: UpdatePatientInput },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<PatientPayload> {
  const practice = await practiceOfInput(input, context);
  const check = new InputCheck();
  const { bpSiteId: _, patientId: given, ...changes } = input;
  const patientId = readPmsId(check, ['input', 'patientId'], given, 'Patient', practice);
  const details = readPatientDetails(check, changes, datesAround(practice.connection.now()).to);
  if (Object.keys(details).length === 0)
    check.reject(['input'], 'There is nothing to change. Give at least one detail.');
  check.done();
  const payload = selectionOfChanged(info, 'patient');
  const fields = mergeSelections([payload, fieldsOf(details)]);
  const current = isPmsId(patientId) ? await patientNow(practice, patientId, fields) : null;
  if (!current) throw new NotFound({ message: 'The practice has no such patient.' });
  // A change of case is a change: it corrects a name.
  if (isUnchanged(current, details, 'AS_WRITTEN')) {
    return { patient: { kind: 'Patient', practice, data: current } };
  }
  const look = async (): Promise<Look<ChangedPatient>> => {
    const now = await readInTime(context, practice, (at) => patientNow(at, patientId, fields));
    if (now && isUnchanged(now, details) && !isAsBefore(now, current, details)) {
      return { written: { patient: now } };
    }
    const compared = Object.keys(details) as (keyof typeof details)[];
    return now && compared.every((field) => isDeepStrictEqual(now[field], current[field]))
      ? 'UNCHANGED'
      : 'UNCLEAR';
  };
  const { patient } = await sendIdempotent(
    () => asInput(practice.writes.updatePatient({ patientId, details, fields })),
    look,
    () => practice.connection.warnOfWrite('WRITE_INCOMPLETE', { patientId }),
  );
  const changed: PatientPayload = patient
    ? { patient: { kind: 'Patient', practice, data: patient } }
    : await patientPayload(context, practice, patientId, fields);
  const { data: now } = changed.patient;
  if (!isUnchanged(now, details) && isAsBefore(now, current, details)) {
    throw new UpstreamFailed(null, {
      message: 'The practice did not make the change.',
      detail: 'the change of a patient ended without an error and changed nothing',
    });
  }
  return changed;
}
