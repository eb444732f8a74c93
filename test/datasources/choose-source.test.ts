import { describe, expect, it } from 'vitest';
import type { DataSource, SourcePreference } from '../../src/datasources/domain/pms.ts';
import type { ConnectedPractice } from '../../src/datasources/halo-cloud/halo-session.ts';
import type { FhirCapability } from '../../src/datasources/halo-cloud/practice-connection.ts';
import { routePracticeData } from '../../src/datasources/practice/choose-source.ts';
import type { PracticeData } from '../../src/datasources/practice/port.ts';
import type { SourceBounds, Support } from '../../src/datasources/practice/source-adapter.ts';
import { NoAnswer, type PracticeWrites } from '../../src/datasources/practice/write-port.ts';
import { AccessDenied, OperationNotSupported, PmsError, UpstreamFailed } from '../../src/errors.ts';
import { portsOf } from './ports-of.ts';

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

const route = (...options: Parameters<typeof routePracticeData>) => portsOf(routePracticeData(...options));

function adapter(source: DataSource, calls: number, support: () => Support = () => ({ can: true })) {
  const readsBack = (method: string) => source === 'SQL_PASSTHROUGH' && method.endsWith('Appointment');
  const bounds = {
    source,
    supportsAll: true,
    reads: new Proxy({}, { get: () => () => ({ calls }) }),
    writes: new Proxy({}, { get: (_, method) => ({ calls, readsBack: readsBack(String(method)) }) }),
  } as SourceBounds;
  const requested: string[] = [];
  const weighed: string[] = [];
  const noting = {
    get: (_: object, method: string) => async () => {
      requested.push(method);
      return [source];
    },
  };
  const supports = ({ method }: { method: string }) => {
    weighed.push(method);
    return support();
  };
  return {
    source,
    data: new Proxy({}, noting) as PracticeData,
    writes: new Proxy({}, noting) as PracticeWrites,
    requested,
    weighed,
    bounds,
    supports,
    supportsWrite: supports,
    forget: () => {},
  };
}
const auto = { preference: 'auto', assumedWrites: false } as const;
const cannot = (): Support => ({ can: false, reason: 'It lists no Patient search.' });
const byName = (query: {
  preference?: SourcePreference;
  fhir?: number;
  sql?: number;
  fhirSupport?: () => Support;
  sqlSupport?: () => Support;
}) => {
  const fhir = adapter('BP_PREMIER', query.fhir ?? 1, query.fhirSupport);
  const sql = adapter('SQL_PASSTHROUGH', query.sql ?? 1, query.sqlSupport);
  const routed = route(practice(), { ...auto, preference: query.preference ?? 'auto' }, [fhir, sql]);
  return { ...routed, capabilities: () => routed.capabilities(), fhir, sql };
};
const search = { search: { name: 'sample' }, fields: {} };

describe('auto', () => {
  it('takes the source with the fewest charged calls, without requesting a CapabilityStatement', async () => {
    const { data, fhir, sql } = byName({ fhir: 4 });
    expect(await data.appointments({ fields: {} })).toEqual(['SQL_PASSTHROUGH']);
    expect([fhir.weighed, sql.requested]).toEqual([[], ['appointments']]);
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

  it('uses SQL if the Bp Premier API cannot answer', async () => {
    expect(await byName({ fhirSupport: cannot }).data.patients(search)).toEqual(['SQL_PASSTHROUGH']);
  });

  it('uses SQL if the CapabilityStatement is unreadable, but not if access is denied', async () => {
    const failing = (error: Error) => () => {
      throw error;
    };
    const unreadable = byName({ fhirSupport: failing(new UpstreamFailed(500)) });
    expect(await unreadable.data.patients(search)).toEqual(['SQL_PASSTHROUGH']);
    const denied = byName({ fhirSupport: failing(new AccessDenied('QUOTA_EXCEEDED')) });
    await expect(denied.data.patients(search)).rejects.toBeInstanceOf(AccessDenied);
    expect(denied.sql.requested).toEqual([]);
  });

  it.each([
    [400, ['SQL_PASSTHROUGH']],
    [404, ['SQL_PASSTHROUGH']],
    [500, 'UPSTREAM_FAILED'],
    [null, 'UPSTREAM_FAILED'],
  ] as const)('uses SQL if a listed search is refused: %s', async (status, outcome) => {
    const fhir = adapter('BP_PREMIER', 1);
    const patients = async () => {
      throw new UpstreamFailed(status);
    };
    const { data } = route(practice(), auto, [
      { ...fhir, data: { ...fhir.data, patients } },
      adapter('SQL_PASSTHROUGH', 1),
    ]);
    expect(await data.patients(search).catch((error) => error.code)).toEqual(outcome);
  });

  it('uses the next source if a source declines after it was queried', async () => {
    const fhir = adapter('BP_PREMIER', 1);
    const clinicHours = async () => {
      throw new OperationNotSupported({}, { message: 'No opening hours are recorded.' });
    };
    const { data } = route(practice(), auto, [
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
    expect(sql.requested).toEqual([]);
  });
});

describe('a change', () => {
  const cancel = { appointmentId: '12' };
  const cancelBy = (query: Parameters<typeof byName>[0]) => byName(query).writes.cancelAppointment(cancel);

  it('goes to SQL Passthrough on a tie, without requesting a CapabilityStatement', async () => {
    const { writes, fhir, sql } = byName({});
    expect(await writes.cancelAppointment(cancel)).toEqual(['SQL_PASSTHROUGH']);
    expect([fhir.weighed, fhir.requested, sql.requested]).toEqual([[], [], ['cancelAppointment']]);
  });

  it('goes to the cheaper source, and to one that can', async () => {
    expect(await cancelBy({ sql: 2 })).toEqual(['BP_PREMIER']);
    expect(await cancelBy({ sql: 2, fhirSupport: cannot })).toEqual(['SQL_PASSTHROUGH']);
    expect(await cancelBy({ sqlSupport: cannot })).toEqual(['BP_PREMIER']);
    const unreadable = () => {
      throw new UpstreamFailed(500);
    };
    expect(await cancelBy({ sql: 2, fhirSupport: unreadable })).toEqual(['SQL_PASSTHROUGH']);
  });

  it('goes to the forced source whatever it costs, or nowhere', async () => {
    expect(await cancelBy({ preference: 'bp-premier', fhir: 9 })).toEqual(['BP_PREMIER']);
    await expect(cancelBy({ preference: 'bp-premier', fhirSupport: cannot })).rejects.toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
      operation: 'BOOK_APPOINTMENTS',
      pms: 'BEST_PRACTICE',
      message: 'It lists no Patient search.',
    });
  });

  it.each([
    ['has no answer', new NoAnswer(1, new Error('cut'))],
    ['failed', new PmsError('mssql', 229)],
    ['is not supported after all', new OperationNotSupported({})],
  ])('that %s is not tried on the other source', async (_what, error) => {
    const sql = adapter('SQL_PASSTHROUGH', 1);
    const fhir = adapter('BP_PREMIER', 1);
    const cancelAppointment = () => Promise.reject(error);
    const { writes } = route(practice(), auto, [
      fhir,
      { ...sql, writes: { ...sql.writes, cancelAppointment } },
    ]);
    await expect(writes.cancelAppointment(cancel)).rejects.toBe(error);
    expect(fhir.requested).toEqual([]);
  });
});

describe('patients, users and clinic admin', () => {
  const change = { patientId: '1', details: { email: null } };

  it('go to the Bp Premier API on a tie', async () => {
    const { writes, fhir, sql } = byName({});
    await writes.updatePatient(change);
    expect([fhir.requested, sql.requested]).toEqual([['updatePatient'], []]);
  });

  it('go to the source without assumptions, at any price', async () => {
    const guessing = (): Support => ({ can: true, assumed: true });
    const expensive = byName({ fhir: 3, sqlSupport: guessing });
    await expensive.writes.updateUser({ userId: '1', email: null });
    expect([expensive.fhir.requested, expensive.sql.requested]).toEqual([['updateUser'], []]);
    const only = byName({ fhirSupport: cannot, sqlSupport: guessing });
    await only.writes.updateUser({ userId: '1', email: null });
    expect(only.sql.requested).toEqual(['updateUser']);
  });

  it('name the operation and the reason if no source can', async () => {
    const { writes } = byName({ fhirSupport: cannot, sqlSupport: cannot });
    await expect(writes.setClinicHours({ locationId: '1', week: [] })).rejects.toMatchObject({
      operation: 'WRITE_CLINIC_HOURS',
      message: expect.stringContaining('It lists no'),
    });
  });

  it('that set hours clear the caches of every source, also if they fail; other changes do not', async () => {
    const forgot: string[] = [];
    const forgetting = (source: DataSource, failing = false) => {
      const each = adapter(source, 1);
      const setClinicHours = () => Promise.reject(new PmsError('mssql', 229));
      const writes = {
        setClinicHours,
        updatePatient: each.writes.updatePatient,
      } as unknown as PracticeWrites;
      return { ...each, ...(failing && { writes }), forget: () => void forgot.push(source) };
    };
    const routed = route(practice(), auto, [forgetting('BP_PREMIER', true), forgetting('SQL_PASSTHROUGH')]);
    await routed.writes.updatePatient(change);
    expect(forgot).toEqual([]);
    const hours = { locationId: '1', week: [] };
    await expect(routed.writes.setClinicHours(hours)).rejects.toBeInstanceOf(PmsError);
    expect(forgot.sort()).toEqual(['BP_PREMIER', 'SQL_PASSTHROUGH']);
  });
});

describe('a site that is not Bp Premier', () => {
  const sql = adapter('SQL_PASSTHROUGH', 1);
  const zedmed = route(practice({ pms: 'ZEDMED' }), auto, [sql]);

  it('has no practice data, and gets no request', async () => {
    await expect(zedmed.data.appointments({ fields: {} })).rejects.toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
      pms: 'ZEDMED',
      message: expect.stringContaining('This practice uses Zedmed'),
    });
    await expect(zedmed.writes.cancelAppointment({ appointmentId: '12' })).rejects.toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
      message: expect.stringContaining('This practice uses Zedmed'),
    });
    expect(sql.requested).toEqual([]);
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
      reason: 'at most 1 charged call by SQL Passthrough',
    });
    expect(operations).toContainEqual({
      operation: 'BOOK_APPOINTMENTS',
      source: 'SQL_PASSTHROUGH',
      reason: 'at most 1 charged call by SQL Passthrough',
    });
    expect(operations).toContainEqual({
      operation: 'WRITE_PATIENTS',
      source: 'SQL_PASSTHROUGH',
      reason: 'at most 1 charged call by SQL Passthrough',
    });
    expect(new Set(operations.map(({ operation }) => operation)).size).toBe(9);
  });

  it('give the reason if not', async () => {
    const { operations } = await byName({ preference: 'bp-premier', fhirSupport: cannot }).capabilities();
    for (const name of ['READ_APPOINTMENTS', 'BOOK_APPOINTMENTS']) {
      expect(operations.find(({ operation }) => operation === name)).toMatchObject({
        source: null,
        reason: 'It lists no Patient search.',
      });
    }
  });
});

describe('C7: a database that refuses the login', () => {
  const booking = { appointmentId: '12' };
  const refusal = (number = 18456) => new PmsError('mssql', number);
  function refusing(
    error: unknown,
    { sqlEntered = false, fhirSupport = (): Support => ({ can: true }) } = {},
  ) {
    const fhir = adapter('BP_PREMIER', 1, fhirSupport);
    const sql = adapter('SQL_PASSTHROUGH', 1);
    const fails = new Proxy(
      {},
      {
        get: (_, method: string) => async () => {
          sql.requested.push(method);
          throw error;
        },
      },
    );
    const failing = { ...sql, data: fails as PracticeData, writes: fails as PracticeWrites };
    return { ...route(practice({ sqlEntered }), auto, [fhir, failing]), fhir, sql };
  }

  it('does not stop requests: where no other source can answer, its refusal is the answer each time', async () => {
    const { data, sql } = refusing(refusal(), { fhirSupport: cannot });
    for (let times = 1; times <= 2; times += 1) {
      await expect(data.appointments({ fields: {} })).rejects.toMatchObject({ errorCode: 18456 });
      expect(sql.requested).toHaveLength(times);
    }
  });

  it('gets no more changes; the Bp Premier API makes them, once', async () => {
    const { writes, fhir, sql } = refusing(refusal());
    await writes.cancelAppointment(booking);
    await writes.cancelAppointment(booking);
    expect([sql.requested, fhir.requested]).toEqual([
      ['cancelAppointment'],
      ['cancelAppointment', 'cancelAppointment'],
    ]);
  });

  it.each([
    ['after it had let the login in', refusal(), { sqlEntered: true }],
    ['by a missing grant', refusal(229), {}],
    ['by an error of the procedure', refusal(50000), {}],
    ['by Halo Link', new PmsError('haloLink', 18456), {}],
    ['with no answer', new NoAnswer(0, refusal()), {}],
  ])('is the only one to get a change that failed %s', async (_, error, options) => {
    const { writes, fhir } = refusing(error, options);
    await expect(writes.cancelAppointment(booking)).rejects.toBe(error);
    expect(fhir.requested).toEqual([]);
  });

  it('stays the answer to a change that no other source supports', async () => {
    const error = refusal();
    const { writes, sql } = refusing(error, { fhirSupport: cannot });
    for (let times = 0; times < 2; times += 1)
      await expect(writes.cancelAppointment(booking)).rejects.toBe(error);
    expect(sql.requested).toHaveLength(2);
  });
});
