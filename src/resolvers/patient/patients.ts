import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../../context.ts';
import type * as domain from '../../datasources/domain/index.ts';
import { isPmsId } from '../../datasources/practice/practice.ts';
import { NotFound } from '../../errors.ts';
import { InputCheck } from '../check-input.ts';
import { patientCursor } from '../cursor.ts';
import type { Page, Patient, PracticeEntity } from '../entities.ts';
import { readPmsId } from '../global-id.ts';
import { pageLimits } from '../limits.ts';
import { pageOf } from '../page.ts';
import { selectionOf } from '../selection.ts';
import { type PatientSearchInput, readPatientSearch } from './patient-search.ts';

interface SearchArgs {
  readonly search: PatientSearchInput;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** `Practice.patients` */
export async function patientsOfPractice(
  { practice }: PracticeEntity,
  args: SearchArgs,
  _context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Page<Patient>> {
  const check = new InputCheck();
  const { ids, search } = readPatientSearch(check, args.search, practice);
  const first = check.first(args.first, pageLimits.patients);
  const afterId = check.after(args.after, patientCursor.decode);
  check.done();
  const possibleIds = ids?.filter(isPmsId);
  const rows =
    possibleIds?.length === 0
      ? []
      : await practice.data.patients({
          ...(possibleIds ? { ids: possibleIds } : {}),
          ...(search ? { search } : {}),
          ...(afterId === undefined ? {} : { afterId }),
          limit: first + 1,
          fields: selectionOf(info),
        });
  return pageOf(rows, {
    first,
    continued: afterId !== undefined,
    nodeOf: (data): Patient => ({ kind: 'Patient', practice, data }),
    cursorOf: patientCursor.encode,
  });
}

/** `Practice.patient` */
export async function patientOfPractice(
  { practice }: PracticeEntity,
  args: { pmsId: string },
  _context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Patient> {
  const check = new InputCheck();
  const id = readPmsId(check, ['pmsId'], args.pmsId, 'Patient', practice);
  check.done();
  const data = isPmsId(id) ? await practice.patients.load({ id, fields: selectionOf(info) }) : null;
  if (!data) throw new NotFound({ message: 'The practice has no such patient.' });
  return { kind: 'Patient', practice, data };
}

/** `Patient.fullName`: the recorded first and last name. Never empty. */
export function fullNameOf({ firstName, lastName }: domain.Patient): string {
  // Faster than joining an array. A book has hundreds of names.
  if (firstName && lastName) return `${firstName} ${lastName}`;
  return firstName || lastName || 'Name not recorded';
}
