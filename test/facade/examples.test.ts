/** The example operations work unchanged, and a longer list costs no further call. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { practices } from '../../sandbox/practices.ts';
import { openFacade } from '../open-facade.ts';

const folder = new URL('../../examples/operations/', import.meta.url);
/** Operations that may change something run in order, with results of the earlier ones, in separate tests. */
const writing = [
  'book-move-cancel.graphql',
  'flat-booking.graphql',
  'new-patient.graphql',
  'days-off.graphql',
  'sql-passthrough.graphql',
];
const names = readdirSync(folder).filter((name) => name.endsWith('.graphql') && !writing.includes(name));
const facade = openFacade();
afterAll(() => facade.close());

const variables = (lists: 'short' | 'long') => ({
  bpSiteId: '1001',
  bpSiteIds: ['1001'],
  pmsSiteId: '1001',
  haloGuid: practices.find(({ bpSiteId }) => bpSiteId === '1001')?.haloGuid,
  patientId: '7',
  date: lists === 'short' ? '2026-11-28' : '2026-11-24',
  from: lists === 'short' ? '2026-11-28' : '2026-11-24',
  to: lists === 'short' ? '2026-11-28' : '2026-12-04',
  search: { name: lists === 'short' ? 'samplewood tes' : 's' },
  first: lists === 'short' ? 1 : 200,
});

describe.each(names)('%s', (name) => {
  const operation = readFileSync(new URL(name, folder), 'utf8');

  it('answers without an error', async () => {
    const answer = await facade.execute(operation, variables('long'));
    expect(answer.errors).toBeUndefined();
    expect(answer.text).not.toMatch(/"code":"[A-Z]/);
  });

  it('costs the same however long its lists are', async () => {
    const short = await facade.execute(operation, variables('short'));
    const long = await facade.execute(operation, variables('long'));
    expect(long.text.length).toBeGreaterThanOrEqual(short.text.length);
    expect(long.cost.charged).toBeLessThanOrEqual(short.cost.charged);
    expect(long.calls.length).toBeLessThanOrEqual(short.calls.length);
  });
});
