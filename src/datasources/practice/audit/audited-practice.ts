import { HaloError } from '../../../errors.ts';
import type { RoutedPractice } from '../choose-source.ts';
import type { PracticeData } from '../port.ts';
import { readsInFront, writesInFront } from '../port-methods.ts';
import type { Question } from '../source-adapter.ts';
import { NoAnswer, type PracticeWrites, type WriteQuestion } from '../write-port.ts';
import { patientAccesses, readBackAccesses } from './patient-accesses.ts';
import type { AuditedPlace, PatientAccess, PatientAudit } from './patient-audit.ts';

/** Names of what identifies a record, in what is told and in what comes back. */
const idNames = ['appointmentId', 'patientId', 'userId', 'locationId'] as const;

/** The port of one practice. Every answer that holds patients, and every change, goes on record. */
export interface AuditedPractice {
  readonly data: PracticeData;
  readonly writes: PracticeWrites;
  readonly routed: RoutedPractice;
}

/** Called after a change that was made, or may have been: then its answer is undefined. */
export type OnWritten = (write: keyof PracticeWrites, change: unknown, answer: unknown) => void;

export function auditedPractice(
  routed: RoutedPractice,
  place: AuditedPlace,
  audit: PatientAudit,
  onWritten?: OnWritten,
): AuditedPractice {
  const audited: Audited = { routed, place, audit, onWritten };
  return { data: auditedReads(audited), writes: auditedWrites(audited), routed };
}

interface Audited {
  readonly routed: RoutedPractice;
  readonly place: AuditedPlace;
  readonly audit: PatientAudit;
  readonly onWritten: OnWritten | undefined;
}

const auditedReads = readsInFront<Audited>(({ routed, place, audit }, method, query) => {
  const answered = routed.read({ method, query } as Question);
  const accesses = patientAccesses[method] as
    | ((query: unknown, answer: unknown) => readonly PatientAccess[])
    | null;
  if (!accesses) return answered;
  return answered.then((answer) => {
    for (const access of accesses(query, answer)) audit.read(place, access);
    return answer;
  });
});

const auditedWrites = writesInFront<Audited>(async ({ routed, place, audit, onWritten }, write, told) => {
  const started = performance.now();
  const tell = (code: string, answer: object = {}) => {
    const ms = Math.round(performance.now() - started);
    audit.wrote(place, {
      write,
      ids: idsIn({ ...(told as object), ...answer }),
      fields: fieldsIn(told as object),
      ms,
      code,
    });
  };
  try {
    const answer = await routed.write({ method: write, change: told } as WriteQuestion);
    tell('OK', answer as object | undefined);
    for (const access of readBackAccesses(told, answer)) audit.read(place, access);
    onWritten?.(write, told, answer);
    return answer;
  } catch (error) {
    tell(codeOf(error));
    if (error instanceof NoAnswer) onWritten?.(write, told, undefined);
    throw error;
  }
});

function idsIn(told: object): Record<string, string> {
  const ids: Record<string, string> = {};
  for (const name of idNames) {
    const id = (told as Record<string, unknown>)[name];
    if (typeof id === 'string') ids[name] = id;
  }
  return ids;
}

/** How a change is made, not what is changed. */
const manner: readonly string[] = ['fields', 'refusedStatuses'];

/** Names of what was told: of a patient, what stands in `details`. */
function fieldsIn(told: object): readonly string[] {
  const details = 'details' in told ? (told.details as object) : told;
  const ids: readonly string[] = idNames;
  return Object.entries(details).flatMap(([name, value]) =>
    value === undefined || ids.includes(name) || manner.includes(name) ? [] : [name],
  );
}

function codeOf(error: unknown): string {
  if (error instanceof NoAnswer) return 'NO_ANSWER';
  return error instanceof HaloError ? error.code : 'INTERNAL_SERVER_ERROR';
}
