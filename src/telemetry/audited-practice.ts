import type { RoutedPractice } from '../datasources/choose-source.ts';
import type { PracticeData } from '../datasources/practice-data.ts';
import { NoAnswer, type PracticeWrites } from '../datasources/practice-writes.ts';
import { HaloError } from '../errors.ts';
import { patientAccesses } from './patient-accesses.ts';
import type { AuditedPlace, PatientAccess, PatientAudit } from './patient-audit.ts';

/** Names of what identifies a record, in what is told and in what comes back. */
const idNames = ['appointmentId', 'patientId', 'userId', 'locationId'] as const;

type Method = (argument: unknown) => Promise<unknown>;

/** A practice of which every answer that holds patients, and every change, goes on record. */
export function auditedPractice(
  routed: RoutedPractice,
  place: AuditedPlace,
  audit: PatientAudit,
): RoutedPractice {
  return {
    ...routed,
    data: eachMethod(routed.data, (name, read) => {
      const accesses = patientAccesses[name as keyof PracticeData] as
        | ((query: unknown, answer: unknown) => readonly PatientAccess[])
        | null;
      if (!accesses) return read;
      return async (query) => {
        const answer = await read(query);
        for (const access of accesses(query, answer)) audit.read(place, access);
        return answer;
      };
    }),
    writes: eachMethod<PracticeWrites>(routed.writes, (write, send) => async (told) => {
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
        const answer = await send(told);
        tell('OK', answer as object | undefined);
        return answer;
      } catch (error) {
        tell(codeOf(error));
        throw error;
      }
    }),
  };
}

/** The same port with each of its methods wrapped, whichever it has. */
function eachMethod<Port extends object>(port: Port, wrap: (name: string, method: Method) => Method): Port {
  const wrapped: Record<string, Method> = {};
  for (const [name, method] of Object.entries(port)) wrapped[name] = wrap(name, method as Method);
  return wrapped as Port;
}

function idsIn(told: object): Record<string, string> {
  const ids: Record<string, string> = {};
  for (const name of idNames) {
    const id = (told as Record<string, unknown>)[name];
    if (typeof id === 'string') ids[name] = id;
  }
  return ids;
}

/** Names of what was told: of a patient, what stands in `details`. */
function fieldsIn(told: object): readonly string[] {
  const details = 'details' in told ? (told.details as object) : told;
  const ids: readonly string[] = idNames;
  return Object.entries(details).flatMap(([name, value]) =>
    value === undefined || ids.includes(name) ? [] : [name],
  );
}

function codeOf(error: unknown): string {
  if (error instanceof NoAnswer) return 'NO_ANSWER';
  return error instanceof HaloError ? error.code : 'INTERNAL_SERVER_ERROR';
}
