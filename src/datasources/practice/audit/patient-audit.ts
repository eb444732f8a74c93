import { shortText } from '../../../lib/short-text.ts';

/**
 * Where it is recorded who read and changed what. It is no log: no level turns it off, and a line that cannot be written
 * is an error.
 */
export interface AuditTrail {
  info(fields: object, message: string): void;
  /** Everything so far is handed to the operating system when it returns. Throws where that is not possible. */
  flush?(): void;
  /**
   * The same for all responses that are ready in one turn of the event loop, by one write. Resolves after that write.
   * Rejects where it is not possible.
   */
  flushed?(): Promise<void>;
  /** For the operator: what the trail does not take. */
  error(fields: object, message: string): void;
}

/** How many ids a line holds at most. */
const maxIds = 100;

/** The practice and the site that were asked. */
export interface AuditedPlace {
  readonly bpSiteId: string;
  readonly haloGuid: string;
}

/** What an answer held of patients: ids and names of fields, never a value; each of them once. */
export interface PatientAccess {
  readonly kind: 'PATIENTS' | 'APPOINTMENTS';
  /** The PMS's own ids: of patients, or of appointments. */
  readonly ids: readonly string[];
  /** Whose appointments, where they are known. */
  readonly patientIds: readonly string[];
  /** Paths of the fields that were read: `address.suburb`. */
  readonly fields: readonly string[];
  /** Names of what was searched by. */
  readonly by: readonly string[];
}

/** A change that was sent, or could not be. */
export interface Change {
  readonly write: string;
  /** Of the records: `{ appointmentId: '12' }`. */
  readonly ids: Readonly<Record<string, string>>;
  readonly fields: readonly string[];
  readonly ms: number;
  /** `OK`, `NO_ANSWER` (what became of it is found out by reading), or the code of the error. */
  readonly code: string;
}

/** Who read and changed what, on record: of one operation. */
export interface PatientAudit {
  read(place: AuditedPlace, access: PatientAccess): void;
  wrote(place: AuditedPlace, change: Change): void;
  /** A SQL statement of the caller's own, and what came of it. */
  statement(line: object): void;
  /**
   * Writes what was collected. What is read later is written at once. Undefined: nothing had to be written. Otherwise no
   * response may be sent before the promise resolves. It rejects where the lines cannot be written.
   */
  close(): Promise<void> | undefined;
}

/** Everything of one kind that one operation read at one site: one access at least. */
interface Collected {
  readonly place: AuditedPlace;
  readonly accesses: [PatientAccess, ...PatientAccess[]];
}

/**
 * Reads become one line for each practice and kind when the operation is answered, or its caller has gone; a change and a
 * statement are written as soon as their outcome is known.
 */
export function createPatientAudit(
  trail: AuditTrail,
  who: { readonly requestId: string; readonly caller: string; readonly subject?: string | undefined },
): PatientAudit {
  const { requestId, caller, subject } = who;
  const collected = new Map<string, Collected>();
  let closed = false;

  /** Hands the lines to the trail. */
  function addLines(): void {
    const reads = [...collected.values()];
    collected.clear();
    for (const { place, accesses } of reads) {
      const { bpSiteId, haloGuid } = place;
      const { kind, ids, patientIds, fields, by } = together(accesses);
      const booked = kind === 'APPOINTMENTS';
      const access = {
        requestId,
        caller,
        subject,
        bpSiteId,
        haloGuid,
        kind,
        ids: first(ids),
        count: ids.length,
        patientIds: booked ? first(patientIds) : undefined,
        patientCount: booked ? patientIds.length : undefined,
        fields,
        by,
      };
      trail.info(access, 'patient data');
    }
  }

  /** What has been done cannot be withheld: where the trail does not take it, the operator reads it in the log. */
  function record(line: object, message: string): void {
    try {
      trail.info({ ...who, ...line }, message);
      trail.flush?.();
    } catch (err) {
      trail.error({ ...who, ...line, err }, `The audit trail cannot be written: ${message}`);
    }
  }

  return {
    read({ bpSiteId, haloGuid }, access) {
      const key = `${bpSiteId} ${haloGuid} ${access.kind}`;
      const known = collected.get(key);
      if (known) known.accesses.push(access);
      else collected.set(key, { place: { bpSiteId, haloGuid }, accesses: [access] });
      if (!closed) return;
      addLines();
      trail.flush?.();
    },
    wrote({ bpSiteId, haloGuid }, { ids, ...change }) {
      // A pairing names whatever Bp Site ID its caller chose.
      record({ bpSiteId: shortText(bpSiteId), haloGuid, ...ids, ...change }, 'change');
    },
    statement: (line) => record(line, 'SQL'),
    close() {
      closed = true;
      if (collected.size === 0) return undefined;
      addLines();
      return trail.flushed?.();
    },
  };
}

/** Several accesses as if they had been one. */
function together(accesses: Collected['accesses']): PatientAccess {
  const [only] = accesses;
  if (accesses.length === 1) return only;
  return {
    kind: only.kind,
    ids: union(accesses, 'ids'),
    patientIds: union(accesses, 'patientIds'),
    fields: union(accesses, 'fields'),
    by: union(accesses, 'by'),
  };
}

function union(
  accesses: Collected['accesses'],
  part: 'ids' | 'patientIds' | 'fields' | 'by',
): readonly string[] {
  const items = new Set<string>();
  for (const access of accesses) {
    for (const item of access[part]) items.add(item);
  }
  return [...items];
}

const first = (ids: readonly string[]): readonly string[] =>
  ids.length > maxIds ? ids.slice(0, maxIds) : ids;
