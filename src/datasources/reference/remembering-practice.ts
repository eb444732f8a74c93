import type { CostAccount } from '../halo-cloud/cost-account.ts';
import { certainlyReads } from '../halo-cloud/queries/run.ts';
import type { ConnectedPractice } from '../halo-session.ts';
import type { ReferenceKind } from '../practice-connection.ts';
import type { SqlSite } from '../sql-site.ts';
import type { ReferenceMemory } from './reference-memory.ts';

export interface Remembering {
  readonly memory: ReferenceMemory;
  readonly cost: Pick<CostAccount, 'recalled'>;
  /** Whether what is known may answer; asked before each read. */
  readonly recalls: () => boolean;
  /** False where a fault makes answers up: nothing is known, and nothing is learnt. */
  readonly keeps: boolean;
}

/**
 * A practice of which what an adapter marks as reference data is asked once in the stated time. Around the connection, not
 * around the port: one thing kept is one upstream call saved, below both sources; and what an answer means (zones, what is
 * valid today, notices, what a source cannot answer) is found out anew by every operation.
 *
 * Kept by the Halo GUID in use: a practice that has moved is another site, of which nothing is known. Whatever is written
 * here, except to the appointment book, has the site forgotten, however it ended; so do 403s, through the sites directory.
 */
export function rememberingPractice(
  practice: ConnectedPractice,
  remembering: Remembering,
): ConnectedPractice {
  const { memory, cost, recalls, keeps } = remembering;

  async function remembered<T>(
    what: ReferenceKind | undefined,
    question: readonly unknown[],
    ask: () => Promise<T>,
  ): Promise<T> {
    if (what === undefined || !keeps) return ask();
    const { haloGuid } = practice;
    const text = JSON.stringify([what, ...question]);
    const known = recalls() ? memory.recall<T>(haloGuid, text) : undefined;
    if (known) {
      cost.recalled({ haloGuid, what, ageSeconds: known.ageSeconds });
      return known.value;
    }
    // An answer after a move came from the other site.
    return memory.read(haloGuid, text, ask, () => practice.haloGuid === haloGuid);
  }

  async function changing<T>(change: Promise<T>): Promise<T> {
    const { haloGuid } = practice;
    try {
      return await change;
    } finally {
      memory.forget(haloGuid);
    }
  }

  return {
    pms: practice.pms,
    bpSiteId: practice.bpSiteId,
    pinned: practice.pinned,
    get haloGuid() {
      return practice.haloGuid;
    },
    get practiceName() {
      return practice.practiceName;
    },
    get pmsVersion() {
      return practice.pmsVersion;
    },
    get sqlSite(): SqlSite {
      const { sqlSite } = practice;
      return {
        ...sqlSite,
        get haloGuid() {
          return sqlSite.haloGuid;
        },
        // What is only started or registered here changes things later: that is seen after the stated time.
        run(command, maxTimeInQueueMs) {
          const run = sqlSite.run(command, maxTimeInQueueMs);
          return certainlyReads(command, practice.pms) ? run : changing(run);
        },
      };
    },
    sql: (statement, what) =>
      remembered(what, [statement.text, statement.parameters], () => practice.sql(statement)),
    fhirSearch: (resource, parameters, what) =>
      remembered(what, [resource, parameters], () => practice.fhirSearch(resource, parameters)),
    fhirOperation: practice.fhirOperation,
    sqlWrite(statement, leaves) {
      const change = practice.sqlWrite(statement);
      return leaves === 'REFERENCE' ? change : changing(change);
    },
    fhirRead: practice.fhirRead,
    fhirCreate(resource, body) {
      const change = practice.fhirCreate(resource, body);
      return isOfPatients(resource) ? change : changing(change);
    },
    fhirUpdate(resource, id, body) {
      const change = practice.fhirUpdate(resource, id, body);
      return isOfPatients(resource) ? change : changing(change);
    },
    capability: practice.capability,
    zoneOf: practice.zoneOf,
    now: practice.now,
    today: practice.today,
  };
}

const isOfPatients = (resource: string): boolean => resource === 'Appointment' || resource === 'Patient';
