import { HaloError } from '../../../errors.ts';
import type { RoutedPractice } from '../choose-source.ts';
import type { PracticeData } from '../port.ts';
import { readPort, writePort } from '../port-methods.ts';
import type { Question } from '../source-adapter.ts';
import { NoAnswer, type PracticeWrites, type WriteQuestion } from '../write-port.ts';
import { patientAccesses, readBackAccesses } from './patient-accesses.ts';
import type { AuditedPlace, PatientAccess, PatientAudit } from './patient-audit.ts';

/** The names of record ids in a change and in its answer. */
const idNames = ['appointmentId', 'patientId', 'userId', 'locationId'] as const;

/** The port of one practice. It records every answer that holds patients, and every change. */
export interface AuditedPractice {
  readonly data: PracticeData;
  readonly writes: PracticeWrites;
  readonly routed: RoutedPractice;
}

/** Called after a change that was made. Also after one that may have been made: then the answer is undefined. */
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

const auditedReads = readPort<Audited>((method) => {
  const accesses = patientAccesses[method] as
    | ((query: unknown, answer: unknown) => readonly PatientAccess[])
    | null;
  return function auditedRead(query) {
    const { routed, place, audit } = this.state;
    const reading = routed.read({ method, query } as Question);
    if (!accesses) return reading;
    return reading.then((answer) => {
      for (const access of accesses(query, answer)) audit.read(place, access);
      return answer;
    });
  };
});

const auditedWrites = writePort<Audited>(
  (write) =>
    async function auditedWrite(change) {
      const { routed, place, audit, onWritten } = this.state;
      const started = performance.now();
      const record = (code: string, answer?: object) => {
        const ms = Math.round(performance.now() - started);
        audit.wrote(place, {
          write,
          ids: idsIn(change as object, answer),
          fields: fieldsIn(change as object),
          ms,
          code,
        });
      };
      try {
        const answer = await routed.write({ method: write, change } as WriteQuestion);
        record('OK', answer as object | undefined);
        for (const access of readBackAccesses(change, answer)) audit.read(place, access);
        onWritten?.(write, change, answer);
        return answer;
      } catch (error) {
        record(codeOf(error));
        if (error instanceof NoAnswer) onWritten?.(write, change, undefined);
        throw error;
      }
    },
);

function idsIn(change: object, answer: object = {}): Record<string, string> {
  const ids: Record<string, string> = {};
  for (const name of idNames) {
    const { [name]: id } = (name in answer ? answer : change) as Record<string, unknown>;
    if (typeof id === 'string') ids[name] = id;
  }
  return ids;
}

/** Ids and options of a change. They are not fields of the record. */
const notFields: ReadonlySet<string> = new Set([...idNames, 'fields', 'refusedStatuses']);

/** The names of the changed fields. Those of a patient are in `details`. */
function fieldsIn(change: object): readonly string[] {
  const details = ('details' in change ? change.details : change) as Record<string, unknown>;
  const fields: string[] = [];
  for (const name of Object.keys(details)) {
    if (details[name] !== undefined && !notFields.has(name)) fields.push(name);
  }
  return fields;
}

function codeOf(error: unknown): string {
  if (error instanceof NoAnswer) return 'NO_ANSWER';
  return error instanceof HaloError ? error.code : 'INTERNAL_SERVER_ERROR';
}
