import { describe, expect, it } from 'vitest';
import type {
  ConnectedPractice,
  RecalledReference,
} from '../../../src/datasources/halo-cloud/halo-session.ts';
import type { SqlStatement } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { type ConnectionParts, SiteConnection } from '../../../src/datasources/halo-cloud/site-connection.ts';
import type { KnownSite } from '../../../src/datasources/halo-cloud/sites/sites-directory.ts';
import type { SqlCommand } from '../../../src/datasources/halo-cloud/sql/site-sql.ts';
import { createReferenceMemory } from '../../../src/datasources/practice/reference/reference-memory.ts';
import { ReferenceReads } from '../../../src/datasources/practice/reference/reference-reads.ts';

const guidA = 'aaaaaaaa-0000-4000-8000-000000000001';
const guidB = 'bbbbbbbb-0000-4000-8000-000000000002';
const users: SqlStatement = { text: 'SELECT u.USERID FROM dbo.USERS u', parameters: [] };
const command = (text: string, executionMode: SqlCommand['executionMode'] = 'reader'): SqlCommand => ({
  text,
  type: 'text',
  executionMode,
  parameters: [],
  catalogue: null,
});

function practiceAt() {
  let [now, requested] = [0, 0];
  let haloGuid = guidA;
  let failing: Error | undefined;
  const memory = createReferenceMemory({ seconds: 300, clock: () => now });
  const recalled: RecalledReference[] = [];
  let recalls = true;
  /** Halo Cloud: the number of the request is the answer. */
  const halo = {
    async read({ kind }: { readonly kind: string }) {
      requested += 1;
      const rows = [{ answer: requested }];
      return kind === 'sql' ? rows : { resources: rows, next: null, matches: 1, total: 1 };
    },
    async write() {
      if (failing) throw failing;
      return [];
    },
  };
  const onSite = (practice: { readonly site: object }, call: (site: object) => unknown) =>
    call(practice.site);
  const context = { signal: new AbortController().signal, requestId: 'request-1' };
  const open = (keeps = true) =>
    new SiteConnection(
      {
        halo,
        authority: {
          read: onSite,
          onSite,
          query: (site: object, call: (site: object) => unknown) => call(site),
        },
        queries: { halo, context },
        context,
        reference: new ReferenceReads({
          memory,
          cost: { recalled: (reference) => recalled.push(reference) },
          recalls: () => recalls,
          keeps,
        }),
      } as unknown as ConnectionParts,
      {
        site: {
          pms: 'BEST_PRACTICE',
          pmsSiteId: '1001',
          get haloGuid() {
            return haloGuid;
          },
        } as unknown as KnownSite,
        pinned: false,
        recordedName: null,
        timeZone: undefined,
        codeOverrides: undefined,
      },
    );
  return {
    open,
    recalled,
    requested: () => requested,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    move: () => {
      haloGuid = guidB;
    },
    failWith: (error: Error) => {
      failing = error;
    },
    beginChange: () => {
      recalls = false;
    },
  };
}

describe('a marked read', () => {
  it('is requested once in the stated time, and returned with its age', async () => {
    const at = practiceAt();
    const first = await at.open().sql(users, 'users');
    at.pass(42);
    expect(await at.open().sql(users, 'users')).toEqual(first);
    expect(at.recalled).toEqual([{ haloGuid: guidA, what: 'users', ageSeconds: 42 }]);
    at.pass(258);
    expect(await at.open().sql(users, 'users')).not.toEqual(first);
    expect(at.requested()).toBe(2);
  });

  it('is another one with another text, another value, or another search', async () => {
    const at = practiceAt();
    const practice = at.open();
    const one = { ...users, parameters: [{ name: '@user1', type: 'Int', value: '1' }] } as const;
    const two = { ...users, parameters: [{ name: '@user1', type: 'Int', value: '2' }] } as const;
    for (const statement of [users, one, two]) await practice.sql(statement, 'users');
    await practice.fhirSearch('Practitioner', [['_id', '1']], 'users');
    await practice.fhirSearch('Practitioner', [['_id', '2']], 'users');
    await practice.fhirSearch('Location', [['_id', '2']], 'locations');
    expect(at.requested()).toBe(6);
    expect(at.recalled).toEqual([]);
  });

  it('is requested before a change, and its response is cached from then on', async () => {
    const at = practiceAt();
    await at.open().sql(users, 'users');
    at.beginChange();
    const practice = at.open();
    const now = await practice.sql(users, 'users');
    expect(at.requested()).toBe(2);
    expect(await practice.sql(users, 'users')).not.toEqual(now);
    expect(at.recalled).toEqual([]);
  });

  it('with a simulated fault is neither stored nor recalled', async () => {
    const at = practiceAt();
    await at.open(false).sql(users, 'users');
    await at.open().sql(users, 'users');
    await at.open(false).sql(users, 'users');
    expect(at.requested()).toBe(3);
  });

  it('of a practice that has moved is another site', async () => {
    const at = practiceAt();
    const practice = at.open();
    await practice.sql(users, 'users');
    at.move();
    expect(practice.haloGuid).toBe(guidB);
    await practice.sql(users, 'users');
    expect(at.requested()).toBe(2);
  });

  it('that found the practice moved is not kept: it came from the other site', async () => {
    const at = practiceAt();
    const practice = at.open();
    const read = practice.sql(users, 'users');
    at.move();
    await read;
    await practice.sql(users, 'users');
    expect(at.requested()).toBe(2);
  });
});

it('an unmarked method sends a request each time', async () => {
  const at = practiceAt();
  const practice = at.open();
  for (const _ of [1, 2]) {
    await practice.sql(users);
    await practice.fhirSearch('Appointment', []);
  }
  expect(at.requested()).toBe(4);
});

const body = { resourceType: 'Basic' };
const changes: readonly [string, boolean, (practice: ConnectedPractice) => Promise<unknown>][] = [
  ['a statement', true, (practice) => practice.sqlWrite(users)],
  ['a procedure of the appointment book', false, (practice) => practice.sqlWrite(users, 'REFERENCE')],
  ['a Practitioner', true, (practice) => practice.fhirUpdate('Practitioner', '1', body, null)],
  ['a PractitionerRole', true, (practice) => practice.fhirUpdate('PractitionerRole', '1', body, null)],
  ['a Location', true, (practice) => practice.fhirUpdate('Location', '1', body, null)],
  ['an Appointment', false, (practice) => practice.fhirUpdate('Appointment', '1', body, null)],
  ['a new Appointment', false, (practice) => practice.fhirCreate('Appointment', body)],
  ['a Patient', false, (practice) => practice.fhirUpdate('Patient', '1', body, null)],
  [
    'SQL that may write',
    true,
    (practice) => practice.sqlSite.run(command('UPDATE USERS SET PHONE = 1'), null),
  ],
  [
    'a procedure',
    true,
    (practice) => practice.sqlSite.run({ ...command('BP_X'), type: 'storedProcedure' }, null),
  ],
  ['SQL that reads', false, (practice) => practice.sqlSite.run(command('SELECT 1'), null)],
];

describe.each(changes)('%s', (_name, forgets, change) => {
  it.each(['done', 'without an answer'])(
    `${forgets ? 'has' : 'does not have'} the site forgotten, %s`,
    async (how) => {
      const at = practiceAt();
      await at.open().sql(users, 'users');
      if (how !== 'done') at.failWith(new Error('no answer'));
      await change(at.open()).catch(() => {});
      await at.open().sql(users, 'users');
      expect(at.requested()).toBe(forgets ? 2 : 1);
    },
  );
});
