import type { RowReader, SqlRow } from '../../../engine/row-decoder.ts';
import type { TimeZone } from '../../../time/types.ts';
import type { UnreadableRow } from '../../domain/unreadable-rows.ts';
import type { ConnectedPractice } from '../../halo-cloud/halo-session.ts';
import type { PageBudget } from '../../halo-cloud/page-budget.ts';
import type {
  FhirParameters,
  FhirResource,
  ReferenceKind,
  SelectStatement,
  SqlStatement,
  WriteWarning,
} from '../../halo-cloud/practice-connection.ts';
import { certainlyReads } from '../../halo-cloud/sql/run-command.ts';
import type { SqlSite } from '../../halo-cloud/sql/site-sql.ts';
import type { CostAccount } from '../../halo-cloud/transport/cost-account.ts';
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
  return new RememberingPractice(practice, remembering);
}

class RememberingPractice implements ConnectedPractice {
  readonly #practice: ConnectedPractice;
  readonly #remembering: Remembering;

  constructor(practice: ConnectedPractice, remembering: Remembering) {
    this.#practice = practice;
    this.#remembering = remembering;
  }

  get pms() {
    return this.#practice.pms;
  }
  get bpSiteId() {
    return this.#practice.bpSiteId;
  }
  get pinned() {
    return this.#practice.pinned;
  }
  get haloGuid() {
    return this.#practice.haloGuid;
  }
  get practiceName() {
    return this.#practice.practiceName;
  }
  get pmsVersion() {
    return this.#practice.pmsVersion;
  }

  get sqlRefusals() {
    return this.#practice.sqlRefusals;
  }
  get sqlEntered() {
    return this.#practice.sqlEntered === true;
  }

  get sqlSite(): SqlSite {
    const { sqlSite, pms } = this.#practice;
    return {
      ...sqlSite,
      get haloGuid() {
        return sqlSite.haloGuid;
      },
      // What is only started or registered here changes things later: that is seen after the stated time.
      run: (command, maxTimeInQueueMs) => {
        const run = sqlSite.run(command, maxTimeInQueueMs);
        return certainlyReads(command, pms) ? run : this.#changing(run);
      },
    };
  }

  sql(statement: SqlStatement, what?: ReferenceKind): Promise<readonly SqlRow[]> {
    if (!what) return this.#practice.sql(statement);
    return this.#remembered(what, [statement.text, statement.parameters], () =>
      this.#practice.sql(statement),
    );
  }

  sqlEach<T>(statement: SelectStatement, reader: RowReader<T>): Promise<readonly T[]> {
    return this.#practice.sqlEach(statement, reader);
  }

  fhirSearch(
    resource: string,
    parameters: FhirParameters,
    what?: ReferenceKind | 'UNSHARED',
    budget?: PageBudget,
  ): Promise<readonly FhirResource[]> {
    if (!what || what === 'UNSHARED') return this.#practice.fhirSearch(resource, parameters, what, budget);
    return this.#remembered(what, [resource, parameters], () =>
      this.#practice.fhirSearch(resource, parameters),
    );
  }

  fhirOperation(resource: string, operation: string, parameters: FhirParameters) {
    return this.#practice.fhirOperation(resource, operation, parameters);
  }

  sqlWrite(statement: SqlStatement, leaves?: 'REFERENCE'): Promise<readonly SqlRow[]> {
    const change = this.#practice.sqlWrite(statement);
    return leaves === 'REFERENCE' ? change : this.#changing(change);
  }

  fhirRead(resource: string, id: string) {
    return this.#practice.fhirRead(resource, id);
  }

  fhirCreate(resource: string, body: FhirResource): Promise<FhirResource> {
    const change = this.#practice.fhirCreate(resource, body);
    return isOfPatients(resource) ? change : this.#changing(change);
  }

  fhirUpdate(
    resource: string,
    id: string,
    body: FhirResource,
    version: string | null,
  ): Promise<FhirResource> {
    const change = this.#practice.fhirUpdate(resource, id, body, version);
    return isOfPatients(resource) ? change : this.#changing(change);
  }

  inTurn<T>(name: string, change: () => Promise<T>) {
    return this.#practice.inTurn(name, change);
  }
  capability() {
    return this.#practice.capability();
  }
  zoneOf(postcode: string | null | undefined) {
    return this.#practice.zoneOf(postcode);
  }
  get refusedObjects() {
    return this.#practice.refusedObjects;
  }
  unreadable(rows: readonly UnreadableRow[]) {
    this.#practice.unreadable(rows);
  }
  warnOfWrite(warning: WriteWarning, ids: Readonly<Record<string, string>>) {
    this.#practice.warnOfWrite(warning, ids);
  }
  now() {
    return this.#practice.now();
  }
  today(zone: TimeZone) {
    return this.#practice.today(zone);
  }

  async #remembered<T>(what: ReferenceKind, question: readonly unknown[], ask: () => Promise<T>): Promise<T> {
    const { memory, cost, recalls, keeps } = this.#remembering;
    if (!keeps) return ask();
    const { haloGuid } = this;
    const text = JSON.stringify([what, ...question]);
    const known = recalls() ? memory.recall<T>(haloGuid, text) : undefined;
    if (known) {
      cost.recalled({ haloGuid, what, ageSeconds: known.ageSeconds });
      return known.value;
    }
    // An answer after a move came from the other site.
    return memory.read(haloGuid, text, ask, () => this.haloGuid === haloGuid);
  }

  async #changing<T>(change: Promise<T>): Promise<T> {
    const { haloGuid } = this;
    try {
      return await change;
    } finally {
      this.#remembering.memory.forget(haloGuid);
    }
  }
}

const isOfPatients = (resource: string): boolean => resource === 'Appointment' || resource === 'Patient';
