import { isDeepStrictEqual } from 'node:util';
import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../../context.ts';
import { mergeSelections } from '../../datasources/domain/merge-selections.ts';
import { isPmsId } from '../../datasources/practice/practice.ts';
import { NotFound, UpstreamFailed } from '../../errors.ts';
import { datesAround } from '../appointment/free-time.ts';
import { asInput, InputCheck } from '../check-input.ts';
import { readPmsId } from '../global-id.ts';
import { practiceOfInput } from '../practice/practices.ts';
import { selectionOfChanged } from '../selection.ts';
import { lookAt, sendWish } from '../writes/outcome.ts';
import { readInTime } from '../writes/read-back.ts';
import { type PatientDetailsInput, readPatientDetails } from './patient-details.ts';
import { type PatientPayload, patientNow, patientPayload } from './patient-payload.ts';
import { fieldsOf, isAsBefore, isUnchanged } from './unchanged-patient.ts';

export interface UpdatePatientInput extends PatientDetailsInput {
  readonly bpSiteId: string;
  readonly patientId: string;
}

/** `Mutation.updatePatient`: nothing is sent where the practice has it so already. */
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
  const fields = fieldsOf(details);
  const current = isPmsId(patientId) ? await patientNow(practice, patientId, fields) : null;
  if (!current) throw new NotFound({ message: 'The practice has no such patient.' });
  const selected = selectionOfChanged(info, 'patient');
  // A name in other letters is a change: somebody puts it right.
  if (isUnchanged(current, details, 'AS_WRITTEN')) {
    return patientPayload(context, practice, patientId, selected);
  }
  await sendWish(
    () => asInput(practice.writes.updatePatient({ patientId, details })),
    () =>
      readInTime(context, practice, async (at) => {
        const now = await patientNow(at, patientId, fields);
        const isAsWished = now !== null && isUnchanged(now, details) && !isAsBefore(now, current, details);
        return lookAt(isAsWished, isDeepStrictEqual(now, current));
      }),
    () => practice.connection.warnOfWrite('WRITE_INCOMPLETE', { patientId }),
  );
  const payload = await patientPayload(context, practice, patientId, mergeSelections([selected, fields]));
  const { data: now } = payload.patient;
  if (!isUnchanged(now, details) && isAsBefore(now, current, details)) {
    throw new UpstreamFailed(null, {
      message: 'The practice did not make the change.',
      detail: 'the change of a patient ended without an error and changed nothing',
    });
  }
  return payload;
}
