import type { Log } from '../log.ts';

/** How many ids a line holds at most. */
const mostIds = 100;

/** The practice and the site that were asked. */
export interface AuditedPlace {
  readonly bpSiteId: string;
  readonly haloGuid: string;
}

/** What an answer held of patients: ids and names of fields, never a value. */
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
  /** Writes what was collected; what is read later is written as it comes. */
  close(): void;
}

/** Everything of one kind that one operation read at one site. */
interface Collected {
  readonly place: AuditedPlace;
  readonly kind: PatientAccess['kind'];
  readonly ids: Set<string>;
  readonly patientIds: Set<string>;
  readonly fields: Set<string>;
  readonly by: Set<string>;
}

/**
 * Reads become one line for each practice and kind when the operation is answered, or its caller has gone; a change is
 * written as soon as its outcome is known.
 */
export function createPatientAudit(
  log: Log,
  who: { readonly requestId: string; readonly caller: string },
): PatientAudit {
  const collected = new Map<string, Collected>();
  let closed = false;

  function flush(): void {
    for (const { place, kind, ids, patientIds, fields, by } of collected.values()) {
      const access = {
        kind,
        ids: first(ids),
        count: ids.size,
        ...(kind === 'APPOINTMENTS' && { patientIds: first(patientIds), patientCount: patientIds.size }),
        fields: [...fields],
        by: [...by],
      };
      log.info({ ...who, ...place, ...access }, 'patient data');
    }
    collected.clear();
  }

  return {
    read({ bpSiteId, haloGuid }, { kind, ...access }) {
      const key = [bpSiteId, haloGuid, kind].join(' ');
      const entry = collected.get(key) ?? {
        place: { bpSiteId, haloGuid },
        kind,
        ids: new Set(),
        patientIds: new Set(),
        fields: new Set(),
        by: new Set(),
      };
      collected.set(key, entry);
      for (const part of ['ids', 'patientIds', 'fields', 'by'] as const) {
        for (const item of access[part]) entry[part].add(item);
      }
      if (closed) flush();
    },
    wrote({ bpSiteId, haloGuid }, { ids, ...change }) {
      log.info({ ...who, bpSiteId, haloGuid, ...ids, ...change }, 'change');
    },
    close() {
      closed = true;
      flush();
    },
  };
}

function first(ids: ReadonlySet<string>): readonly string[] {
  const some: string[] = [];
  for (const id of ids) {
    if (some.length === mostIds) break;
    some.push(id);
  }
  return some;
}
