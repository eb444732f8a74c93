import { shortText } from '../../../lib/short-text.ts';

/**
 * Records who read and changed which patient data. It is not a log: no log level turns it off, and a line that cannot be
 * written is an error.
 */
export interface AuditTrail {
  info(fields: object, message: string): void;
  /** The same for fields that are serialised already. */
  infoText?(fields: string, message: string): void;
  /** Hands all lines so far to the operating system. Throws when that fails. */
  flush?(): void;
  /**
   * The same with one write for all responses that are ready in one turn of the event loop. Resolves after that write.
   * Rejects when the write fails.
   */
  flushed?(): Promise<void>;
  /** Logs, for the operator, a line that could not be written to the trail. */
  error(fields: object, message: string): void;
}

/** The maximum number of ids in a line. */
const maxIds = 100;

/** The practice, and the site that received the query or change. */
export interface AuditedPlace {
  readonly bpSiteId: string;
  readonly haloGuid: string;
}

/** The patient data in an answer: ids and names of fields, each once, and never a value. */
export interface PatientAccess {
  readonly kind: 'PATIENTS' | 'APPOINTMENTS';
  /** The PMS's ids of the patients or appointments. */
  readonly ids: readonly string[];
  /** For `APPOINTMENTS`: the ids of their patients, as far as they are known. */
  readonly patientIds: readonly string[];
  /** Paths of the fields that were read: `address.suburb`. */
  readonly fields: readonly string[];
  /** The names of the search criteria. */
  readonly by: readonly string[];
}

/** A change that was sent or refused. */
export interface Change {
  readonly write: string;
  /** The ids of the records: `{ appointmentId: '12' }`. */
  readonly ids: Readonly<Record<string, string>>;
  readonly fields: readonly string[];
  readonly ms: number;
  /** `OK`, `NO_ANSWER` (only a read shows whether it was made), or the code of the error. */
  readonly code: string;
}

/** The audit of one operation. */
export interface PatientAudit {
  read(place: AuditedPlace, access: PatientAccess): void;
  wrote(place: AuditedPlace, change: Change): void;
  /** A SQL statement that the caller wrote, and its outcome. */
  statement(line: object): void;
  /**
   * Writes the collected reads. Later reads are written at once. Undefined when there was nothing to write. Otherwise no
   * response may be sent before the promise resolves: then all lines of reads and changes are written. It rejects when lines of
   * reads cannot be written.
   */
  close(): Promise<void> | undefined;
}

/** All accesses of one kind in one operation at one site. There is at least one. */
interface Collected {
  readonly place: AuditedPlace;
  readonly accesses: [PatientAccess, ...PatientAccess[]];
  /** The fields of the line in JSON, as long as there is one access. */
  text: string | undefined;
}

const readMessage = 'patient data';

/**
 * Writes one line for the reads of each practice and kind, when the operation ends or its caller disconnects. A change or a
 * statement is written in the turn of the event loop in which its outcome is known. Often the operation ends in the same turn.
 * Then all of its lines are one write.
 */
export function createPatientAudit(
  trail: AuditTrail,
  who: { readonly requestId: string; readonly caller: string; readonly subject?: string | undefined },
): PatientAudit {
  const { requestId, caller, subject } = who;
  const collected = new Map<string, Collected>();
  let closed = false;
  /** The write that has the latest line of a change or a statement, until it has ended. Earlier lines are in it or in an earlier one. */
  let latestWrite: Promise<void> | undefined;

  const lineOf = (
    { bpSiteId, haloGuid }: AuditedPlace,
    { kind, ids, patientIds, fields, by }: PatientAccess,
  ): object => {
    const booked = kind === 'APPOINTMENTS';
    return {
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
  };

  /** Hands the lines to the trail. */
  function addLines(): void {
    const reads = [...collected.values()];
    collected.clear();
    for (const { place, accesses, text } of reads) {
      if (text !== undefined) trail.infoText?.(text, readMessage);
      else trail.info(lineOf(place, merged(accesses)), readMessage);
    }
  }

  /** A change has already happened, so a failure of the trail cannot stop it. Then the operator's log gets the line. */
  function record(line: object, message: string): void {
    const failed = (err: unknown) =>
      trail.error({ ...who, ...line, err }, `The audit trail cannot be written: ${message}`);
    try {
      trail.info({ ...who, ...line }, message);
      const write = trail.flushed?.();
      latestWrite = write;
      write?.catch(failed).finally(() => {
        if (latestWrite === write) latestWrite = undefined;
      });
    } catch (err) {
      failed(err);
    }
  }

  /** The response to a change does not wait for the end of the turn: its lines are written at once. */
  function flushNow(holdsReads: boolean): Promise<void> | undefined {
    latestWrite = undefined;
    try {
      trail.flush?.();
    } catch (err) {
      // `record` logs the lines of changes.
      if (holdsReads) return Promise.reject(err);
    }
    return undefined;
  }

  return {
    read({ bpSiteId, haloGuid }, access) {
      const key = `${bpSiteId} ${haloGuid} ${access.kind}`;
      const known = collected.get(key);
      if (known) {
        known.accesses.push(access);
        known.text = undefined;
      } else {
        const place = { bpSiteId, haloGuid };
        // Serialised now: other practices of the operation have often not answered yet, and the response waits for the line.
        const text = trail.infoText && JSON.stringify(lineOf(place, access));
        collected.set(key, { place, accesses: [access], text });
      }
      if (!closed) return;
      addLines();
      trail.flush?.();
    },
    wrote({ bpSiteId, haloGuid }, { ids, ...change }) {
      // In a pairing, the caller chooses the Bp Site ID. It may be long.
      record({ bpSiteId: shortText(bpSiteId), haloGuid, ...ids, ...change }, 'change');
    },
    statement: (line) => record(line, 'SQL'),
    close() {
      closed = true;
      const holdsReads = collected.size > 0;
      if (holdsReads) addLines();
      if (latestWrite) return flushNow(holdsReads);
      return holdsReads ? trail.flushed?.() : undefined;
    },
  };
}

/** Merges several accesses into one. */
function merged(accesses: Collected['accesses']): PatientAccess {
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
