/** The subscription keys are rotated under load, as Azure API Management rotates them. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { activePatients, bpSiteId, newKey, openBookingClient, ownSandbox, rowsAt } from './booking-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'halo-graph-rotation-'));
const file = join(folder, 'key');
afterAll(() => rmSync(folder, { recursive: true }));

const [p1, s1, p2, s2] = ['p1', 's1', 'p2', 's2'].map((name) => `synthetic-${name}-${'0'.repeat(24)}`) as [
  string,
  string,
  string,
  string,
];
const write = (...keys: readonly string[]) => {
  writeFileSync(`${file}.new`, keys.join('\n'));
  renameSync(`${file}.new`, file);
};

it('part 8: both keys are replaced one after the other; no read and no booking fails', async () => {
  const sandbox = await ownSandbox();
  sandbox.setKeys(p1, s1);
  write(p1, s1);
  const metrics = createMetrics();
  const client = openBookingClient(sandbox, { keyFile: file, metrics });
  const { facade } = client;
  const slots = [...(await client.freeSlots('2026-11-25'))];
  const [patientId] = activePatients(sandbox, 1);
  const results: unknown[] = [];
  let stop = false;
  const load = Array.from({ length: 8 }, async () => {
    while (!stop) {
      const { data } = await facade.execute(
        `{ practice(bpSiteId: "${bpSiteId}") { __typename ... on HaloError { code }
          ... on Practice { users { __typename ... on HaloError { code } } } } }`,
      );
      results.push(data.practice.users?.__typename ?? data.practice);
    }
  });
  const some = async () => {
    const before = results.length;
    await expect.poll(() => results.length, { timeout: 30_000 }).toBeGreaterThan(before + 40);
  };
  const bookOne = async () => {
    const slot = slots.shift() as (typeof slots)[number];
    const input = { bpSiteId, patientId, ...slot, idempotencyKey: newKey() };
    expect((await client.write('book', input)).__typename).toBe('BookAppointmentPayload');
    expect(rowsAt(sandbox, input)).toHaveLength(1);
  };
  const refused = async () => /^halo_graph_subscription_keys_refused (\d)$/m.exec(await metrics.text())?.[1];

  await some();
  for (const step of [
    () => sandbox.setKeys(s1, p2),
    () => write(p2, s1),
    () => sandbox.setKeys(p2, s2),
    () => write(p2, s2),
  ]) {
    step();
    await bookOne();
    await some();
  }
  await expect.poll(refused, { timeout: 30_000 }).toBe('0');
  stop = true;
  await Promise.all(load);
  await client.close();
  await sandbox.close();
  expect(new Set(results)).toEqual(new Set(['UserConnection']));
  const lines = facade.log.join('');
  expect(lines.match(/refuses a subscription key/g)?.length).toBeLessThanOrEqual(2);
  expect(lines).toContain('The subscription keys were read again');
  expect(lines).not.toContain('synthetic-');
}, 120_000);
