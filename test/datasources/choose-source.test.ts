import { describe, expect, it } from 'vitest';
import { routePracticeData, type SourcePreference } from '../../src/datasources/choose-source.ts';
import type { ConnectedPractice } from '../../src/datasources/halo-session.ts';
import type { FhirCapability } from '../../src/datasources/practice-connection.ts';
import type { DataSource, PracticeData, Support } from '../../src/datasources/practice-data.ts';
import { AccessDenied, OperationNotSupported, UpstreamFailed } from '../../src/errors.ts';

const capability: FhirCapability = {
  fhirVersion: '4.0.1',
  serverVersion: '26.713.1',
  resources: new Map(),
  operations: new Set(),
};
const practice = (changed: Partial<ConnectedPractice> = {}) =>
  ({
    pms: 'BEST_PRACTICE',
    bpSiteId: '1001',
    capability: async () => capability,
    ...changed,
  }) as ConnectedPractice;

function adapter(source: DataSource, charges: number, support: () => Support = () => ({ can: true })) {
  const asked: string[] = [];
  const weighed: string[] = [];
  const data = new Proxy({} as PracticeData, {
    get: (_, method: string) => async () => {
      asked.push(method);
      return [source];
    },
  });
  return {
    source,
    data,
    asked,
    weighed,
    charges: () => charges,
    supports: ({ method }: { method: string }) => {
      weighed.push(method);
      return support();
    },
  };
}
const cannot = (): Support => ({ can: false, reason: 'It lists no Patient search.' });
const byName = (query: {
  preference?: SourcePreference;
  fhir?: number;
  sql?: number;
  fhirSupport?: () => Support;
}) => {
  const fhir = adapter('BP_PREMIER', query.fhir ?? 1, query.fhirSupport);
  const sql = adapter('SQL_PASSTHROUGH', query.sql ?? 1);
  const { data, capabilities } = routePracticeData(practice(), query.preference ?? 'auto', [sql, fhir]);
  return { data, capabilities, fhir, sql };
};
const search = { search: { name: 'sample' }, fields: {} };

describe('auto', () => {
  it('takes the source with the fewest charged calls, without asking for a CapabilityStatement', async () => {
    const { data, fhir, sql } = byName({ fhir: 4 });
    expect(await data.appointments({ fields: {} })).toEqual(['SQL_PASSTHROUGH']);
    expect([fhir.weighed, sql.asked]).toEqual([[], ['appointments']]);
  });

  it('takes the Bp Premier API on a tie', async () => {
    expect(await byName({}).data.patients(search)).toEqual(['BP_PREMIER']);
  });

  it('prefers a source that knows every field that is read', async () => {
    const leavingOut = (): Support => ({ can: true, leavesOut: 'takesAppointments' });
    expect(await byName({ fhirSupport: leavingOut }).data.patients(search)).toEqual(['SQL_PASSTHROUGH']);
    const forced = byName({ preference: 'bp-premier', fhirSupport: leavingOut });
    expect(await forced.data.patients(search)).toEqual(['BP_PREMIER']);
  });

  it('goes on to SQL where the Bp Premier API cannot', async () => {
    expect(await byName({ fhirSupport: cannot }).data.patients(search)).toEqual(['SQL_PASSTHROUGH']);
  });

  it('goes on to SQL where the CapabilityStatement is unreadable, but not where access is denied', async () => {
    const failing = (error: Error) => () => {
      throw error;
    };
    const unreadable = byName({ fhirSupport: failing(new UpstreamFailed(500)) });
    expect(await unreadable.data.patients(search)).toEqual(['SQL_PASSTHROUGH']);
    const denied = byName({ fhirSupport: failing(new AccessDenied('QUOTA_EXCEEDED')) });
    await expect(denied.data.patients(search)).rejects.toBeInstanceOf(AccessDenied);
    expect(denied.sql.asked).toEqual([]);
  });

  it.each([
    [400, ['SQL_PASSTHROUGH']],
    [404, ['SQL_PASSTHROUGH']],
    [500, 'UPSTREAM_FAILED'],
    [null, 'UPSTREAM_FAILED'],
  ] as const)('goes on to SQL when a listed search is refused: %s', async (status, outcome) => {
    const fhir = adapter('BP_PREMIER', 1);
    const patients = async () => {
      throw new UpstreamFailed(status);
    };
    const { data } = routePracticeData(practice(), 'auto', [
      { ...fhir, data: { ...fhir.data, patients } },
      adapter('SQL_PASSTHROUGH', 1),
    ]);
    expect(await data.patients(search).catch((error) => error.code)).toEqual(outcome);
  });

  it('goes on when a source finds out only on the way that it cannot', async () => {
    const fhir = adapter('BP_PREMIER', 1);
    const clinicHours = async () => {
      throw new OperationNotSupported({}, { message: 'No opening hours are recorded.' });
    };
    const { data } = routePracticeData(practice(), 'auto', [
      { ...fhir, data: { ...fhir.data, clinicHours } },
      adapter('SQL_PASSTHROUGH', 1),
    ]);
    expect(await data.clinicHours()).toEqual(['SQL_PASSTHROUGH']);
  });
});

describe('a forced source', () => {
  it('answers whatever it costs', async () => {
    expect(await byName({ preference: 'bp-premier', fhir: 9 }).data.patients(search)).toEqual(['BP_PREMIER']);
    expect(await byName({ preference: 'sql-passthrough', sql: 9 }).data.patients(search)).toEqual([
      'SQL_PASSTHROUGH',
    ]);
  });

  it('is the only one: what it cannot is not supported, with the reason', async () => {
    const { data, sql } = byName({ preference: 'bp-premier', fhirSupport: cannot });
    await expect(data.patients(search)).rejects.toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
      operation: 'READ_PATIENTS',
      pms: 'BEST_PRACTICE',
      message: 'It lists no Patient search.',
    });
    expect(sql.asked).toEqual([]);
  });
});

describe('a site that is not Bp Premier', () => {
  const sql = adapter('SQL_PASSTHROUGH', 1);
  const zedmed = routePracticeData(practice({ pms: 'ZEDMED' }), 'auto', [sql]);

  it('has no practice data, and is not asked', async () => {
    await expect(zedmed.data.appointments({ fields: {} })).rejects.toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
      pms: 'ZEDMED',
      message: expect.stringContaining('This practice runs Zedmed'),
    });
    expect(sql.asked).toEqual([]);
  });

  it('says so in its capabilities', async () => {
    const { operations } = await zedmed.capabilities();
    expect(operations).toHaveLength(9);
    expect(operations.every(({ source, reason }) => source === null && reason?.includes('Zedmed'))).toBe(
      true,
    );
  });
});

describe('capabilities', () => {
  it('name a source and a reason for every operation', async () => {
    const { operations, fhirVersion, serverVersion } = await byName({ fhir: 3 }).capabilities();
    expect({ fhirVersion, serverVersion }).toEqual({ fhirVersion: '4.0.1', serverVersion: '26.713.1' });
    expect(operations).toContainEqual({
      operation: 'READ_APPOINTMENTS',
      source: 'SQL_PASSTHROUGH',
      reason: '1 charged call by SQL Passthrough',
    });
    expect(operations).toContainEqual({
      operation: 'BOOK_APPOINTMENTS',
      source: null,
      reason: 'This version of halo-graph reads only.',
    });
    expect(new Set(operations.map(({ operation }) => operation)).size).toBe(9);
  });

  it('say why not', async () => {
    const { operations } = await byName({ preference: 'bp-premier', fhirSupport: cannot }).capabilities();
    expect(operations[0]).toMatchObject({ source: null, reason: 'It lists no Patient search.' });
  });
});
