import { memoizeLastPerObject } from '../../engine/memoize-last.ts';
import type { Question } from '../practice/source-adapter.ts';
import type { WriteQuestion } from '../practice/write-port.ts';
import { isRowId } from './statement.ts';

// Rests on assumption P7.

/** The names of the id fields in queries and changes of the port. */
type Ids = {
  readonly [name in 'ids' | 'userIds' | 'patientIds']?: readonly string[];
} & {
  readonly [name in 'locationId' | 'afterId' | 'patientId' | 'userId' | 'appointmentId']?: string;
} & {
  readonly typeId?: string | null;
  readonly after?: { readonly pmsId: string };
  readonly appointments?: Ids;
};

/** Whether a row can have every id of a query or change. Ids of a FHIR server may not be numbers. */
export function namesRowsOnly(question: Question | WriteQuestion): boolean {
  const named = ('query' in question ? question.query : question.change) as Ids | undefined;
  return named === undefined || areRowIds(named);
}

/** Fifty practices of one operation get the same query, and so do operations that read the same book. */
const areRowIds = memoizeLastPerObject(haveOnlyRowIds);

function haveOnlyRowIds({ ids, userIds, patientIds, after, appointments, typeId, ...single }: Ids): boolean {
  const { locationId, afterId, patientId, userId, appointmentId } = single;
  return (
    [locationId, afterId, patientId, userId, appointmentId, after?.pmsId, typeId].every(
      (id) => id === undefined || id === null || isRowId(id),
    ) &&
    [ids, userIds, patientIds].every((list) => list === undefined || list.every(isRowId)) &&
    (appointments === undefined || haveOnlyRowIds(appointments))
  );
}
