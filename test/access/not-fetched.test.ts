/**
 * Fields that a caller may not read are not fetched. Otherwise the audit trail would list them, and they would cost
 * charged calls.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/server/start.ts';
import { everyScope, type Scope } from '../../src/scopes.ts';
import { openFacade } from '../open-facade.ts';
import { sandboxToday } from '../sandbox-today.ts';

const sent: string[] = [];
const sandbox = await startSandbox({
  today: sandboxToday,
  onExchange: ({ method, path, requestBody }) => sent.push(`${method} ${path} ${requestBody}`),
});
let scopes: readonly Scope[] = everyScope;
const facade = openFacade({
  baseUrl: sandbox.url,
  source: 'sql-passthrough',
  authenticate: async () => ({ name: 'tester', scopes, practices: ['1001'] }),
});
await facade.execute(`{ practice(bpSiteId: "1001") { __typename } }`);
afterAll(async () => {
  await facade.close();
  await sandbox.close();
});

const patient = 'patient { lastName homePhone medicare { number } }';
const book = (fields: string) =>
  `appointments(from: "2026-11-24") { ... on AppointmentConnection { nodes { start ${fields} } } }`;

async function sentFor(fields: string, without?: Scope): Promise<string> {
  scopes = everyScope.filter((scope) => scope !== without);
  sent.length = 0;
  await facade.execute(`{ practice(bpSiteId: "1001") { ... on Practice { ${fields} } } }`);
  return sent.join('\n');
}

describe.each([
  ['the patients of appointments', 'patients:read', book(patient), book('')],
  ['the users of appointments', 'users:read', book('user { lastName email }'), book('')],
  [
    'the appointments of users',
    'appointments:read',
    `users { ... on UserConnection { nodes { lastName ${book('reason')} } } }`,
    'users { ... on UserConnection { nodes { lastName } } }',
  ],
  [
    'the patients of the appointments of users',
    'patients:read',
    `users { ... on UserConnection { nodes { ${book(patient)} } } }`,
    `users { ... on UserConnection { nodes { ${book('')} } } }`,
  ],
] as const)('%s', (_what, scope, whole, rest) => {
  test(`are not requested from the practice without ${scope}`, async () => {
    const plain = await sentFor(rest);
    expect(await sentFor(whole)).not.toBe(plain);
    expect(await sentFor(whole, scope)).toBe(plain);
  });
});
