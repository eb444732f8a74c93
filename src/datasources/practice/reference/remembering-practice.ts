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
  /** Whether a stored answer may be used. Called before each read. */
  readonly recalls: () => boolean;
  /** False when an injected fault invents answers: then nothing is stored, and no stored answer is used. */
  readonly keeps: boolean;
}

/**
 * A practice that loads reference data once in the configured time. An adapter marks which data that is. This wraps the
 * connection and not the port, so that one stored answer saves one upstream call of either source. Every operation still
 * interprets the answer itself: time zones, what is valid today, notices, what a source cannot answer.
 *
 * Answers are stored by Halo GUID. A practice that has moved is another site and starts without stored answers. Every write,
 * except to appointments and patients, drops the answers of the site, even when the write fails. So does a 403, through the
 * sites directory.
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
  get codeOverrides() {
    return this.#practice.codeOverrides;
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
      // A query that is only started or registered here may write later. Its effect is visible after the configured time.
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
    return keepsReferenceData(resource) ? change : this.#changing(change);
  }

  fhirUpdate(
    resource: string,
    id: string,
    body: FhirResource,
    version: string | null,
  ): Promise<FhirResource> {
    const change = this.#practice.fhirUpdate(resource, id, body, version);
    return keepsReferenceData(resource) ? change : this.#changing(change);
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

  async #remembered<T>(
    what: ReferenceKind,
    question: readonly unknown[],
    load: () => Promise<T>,
  ): Promise<T> {
    const { memory, cost, recalls, keeps } = this.#remembering;
    if (!keeps) return load();
    const { haloGuid } = this;
    const text = JSON.stringify([what, ...question]);
    const known = recalls() ? memory.recall<T>(haloGuid, text) : undefined;
    if (known) {
      cost.recalled({ haloGuid, what, ageSeconds: known.ageSeconds });
      return known.value;
    }
    // The GUID differs when the practice moved during the call. Then the answer came from the other site.
    return memory.read(haloGuid, text, load, () => this.haloGuid === haloGuid);
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

const keepsReferenceData = (resource: string): boolean =>
  resource === 'Appointment' || resource === 'Patient';
