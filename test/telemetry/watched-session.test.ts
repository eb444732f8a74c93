import { describe, expect, test } from 'vitest';
import { type HaloSession, PairingRefused } from '../../src/datasources/halo-cloud/halo-session.ts';
import { createPatientAudit } from '../../src/datasources/practice/audit/patient-audit.ts';
import { NotFound } from '../../src/errors.ts';
import { watchedSession } from '../../src/telemetry/watched-session.ts';

function watched(pair: HaloSession['pair']) {
  const lines: object[] = [];
  const note = (fields: object) => void lines.push(fields);
  const audit = createPatientAudit({ info: note, error: note }, { requestId: 'r1', caller: 'somebody' });
  return { lines, session: watchedSession({ pair } as HaloSession, new Set(), audit) };
}

describe('who paired which practice is on record', () => {
  const request = { pms: 'BEST_PRACTICE', pmsSiteId: '1001', pairingCode: 'Verysecret' } as const;

  test('when it worked', async () => {
    const site = { haloGuid: '00000000-0000-4000-8000-000000001001' };
    const { lines, session } = watched(async () => site as never);
    expect(await session.pair(request)).toBe(site);
    expect(lines).toMatchObject([
      { caller: 'somebody', write: 'pairSite', bpSiteId: '1001', haloGuid: site.haloGuid, code: 'OK' },
    ]);
    expect(JSON.stringify(lines)).not.toContain('Verysecret');
  });

  test.each([
    ['PAIRING_REFUSED', new PairingRefused()],
    ['NOT_FOUND', new NotFound()],
    ['INTERNAL_SERVER_ERROR', new Error('a bug')],
  ])('when it did not: %s', async (code, error) => {
    const { lines, session } = watched(() => Promise.reject(error));
    await expect(session.pair(request)).rejects.toBe(error);
    expect(lines).toMatchObject([{ write: 'pairSite', bpSiteId: '1001', code }]);
  });
});
