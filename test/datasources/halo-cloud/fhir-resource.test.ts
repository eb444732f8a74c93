import { describe, expect, it } from 'vitest';
import { NoAnswer } from '../../../src/datasources/practice/write-port.ts';
import { failureOf, fakeHalo, fhirPath, guidA, guidB, openSqlSite, origin, wireError } from './kit.ts';

const booking = { resourceType: 'Appointment', status: 'booked', description: 'Sample' };
const stored = { ...booking, id: '12', meta: { lastUpdated: '2026-11-22T07:00:00Z' } };
const outcome = (code: string) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code }],
});

async function practiceAt(halo: ReturnType<typeof fakeHalo>) {
  const operation = openSqlSite(halo.halo, { registry: [{ bpSiteId: '1001', haloGuid: guidA }] }).session();
  return { operation, practice: await operation.practice('BEST_PRACTICE', '1001') };
}

describe('fhirRead', () => {
  it('returns the resource unchanged', async () => {
    const halo = fakeHalo();
    halo.answer('GET', fhirPath(guidA, 'Appointment/12'), 200, stored);
    const { practice, operation } = await practiceAt(halo);
    expect(await practice.fhirRead('Appointment', '12')).toEqual({ resource: stored, version: null });
    expect(operation.cost()).toMatchObject({ calls: 1, charged: 1 });
  });

  it.each([404, 410])('is null when the server says %i', async (status) => {
    const halo = fakeHalo();
    halo.answer('GET', fhirPath(guidA, 'Appointment/12'), status, outcome('not-found'));
    const { practice } = await practiceAt(halo);
    expect(await practice.fhirRead('Appointment', '12')).toBeNull();
  });

  it('is a failure when there is no such address', async () => {
    const halo = fakeHalo();
    halo.answer('GET', fhirPath(guidA, 'Appointment/12'), 404, wireError(404, 'Operation Not Found'));
    const { practice } = await practiceAt(halo);
    expect(await failureOf(practice.fhirRead('Appointment', '12'))).toMatchObject({
      code: 'UPSTREAM_FAILED',
      httpStatus: 404,
    });
  });
});

describe('the version of a resource', () => {
  const path = fhirPath(guidA, 'Patient/1');
  const patient = { resourceType: 'Patient', id: '1' };

  it.each([
    [{ etag: 'W/"3"' }, {}, 'W/"3"'],
    [{ etag: '"abc"' }, { meta: { versionId: '3' } }, '"abc"'],
    [{}, { meta: { versionId: '3' } }, 'W/"3"'],
    [{ etag: 'odd' }, { meta: { versionId: '3' } }, 'W/"3"'],
    [{}, { meta: { versionId: 'no "version"' } }, null],
    [{}, {}, null],
  ])('G12: is read from %j and %j', async (headers, fields, version) => {
    const halo = fakeHalo();
    halo.agent
      .get(origin)
      .intercept({ method: 'GET', path })
      .reply(200, { ...patient, ...fields }, { headers });
    const { practice } = await practiceAt(halo);
    expect(await practice.fhirRead('Patient', '1')).toMatchObject({ version });
  });

  it('G12: is sent by an update as If-Match', async () => {
    const halo = fakeHalo();
    halo.agent
      .get(origin)
      .intercept({ method: 'PUT', path, headers: { 'if-match': 'W/"3"' } })
      .reply(200, patient);
    const { practice } = await practiceAt(halo);
    expect(await practice.fhirUpdate('Patient', '1', patient, 'W/"3"')).toEqual(patient);
  });

  it('D7: is read for each update, even while another operation reads it', async () => {
    const halo = fakeHalo();
    halo.answer('GET', path, 200, patient, { times: 2 });
    const { practice, operation } = await practiceAt(halo);
    await Promise.all([practice.fhirRead('Patient', '1'), practice.fhirRead('Patient', '1')]);
    expect(operation.cost()).toMatchObject({ calls: 2, saved: { coalesced: 0 } });
  });
});

describe('fhirCreate and fhirUpdate', () => {
  it('send the resource as JSON and return the stored resource', async () => {
    const halo = fakeHalo();
    const sends = (method: string, path: string, body: object, status: number) =>
      halo.agent
        .get(origin)
        .intercept({
          method,
          path: fhirPath(guidA, path),
          headers: { 'content-type': 'application/fhir+json' },
          body: JSON.stringify(body),
        })
        .reply(status, stored);
    sends('POST', 'Appointment', booking, 201);
    sends('PUT', 'Appointment/12', stored, 200);
    const { practice, operation } = await practiceAt(halo);
    expect(await practice.fhirCreate('Appointment', booking)).toEqual(stored);
    expect(await practice.fhirUpdate('Appointment', '12', stored, null)).toEqual(stored);
    expect(operation.cost()).toMatchObject({ calls: 2, charged: 2 });
  });

  it.each([
    [409, outcome('conflict'), { code: 'SLOT_TAKEN' }],
    [400, outcome('invalid'), { code: 'PMS_ERROR', errorType: 'http', errorCode: 400 }],
    [422, outcome('business-rule'), { code: 'PMS_ERROR', errorType: 'http', errorCode: 422 }],
    [405, outcome('not-supported'), { code: 'PMS_ERROR', errorCode: 405 }],
    [405, wireError(405, 'Method Not Allowed'), { code: 'PMS_ERROR', errorCode: 405 }],
    [412, outcome('conflict'), { code: 'PMS_ERROR', errorCode: 412 }],
    [428, '', { code: 'PMS_ERROR', errorCode: 428 }],
    [409, wireError(409, 'Conflict'), { code: 'UPSTREAM_FAILED', httpStatus: 409 }],
    [503, wireError(503, 'offline'), { code: 'SITE_UNAVAILABLE' }],
  ])('G12: certainly failed: %i %j', async (status, body, error) => {
    const halo = fakeHalo();
    halo.answer('POST', fhirPath(guidA, 'Appointment'), status, body);
    halo.answer('PUT', fhirPath(guidA, 'Appointment/12'), status, body);
    const { practice } = await practiceAt(halo);
    expect(await failureOf(practice.fhirCreate('Appointment', booking))).toMatchObject(error);
    expect(await failureOf(practice.fhirUpdate('Appointment', '12', stored, null))).toMatchObject(error);
  });

  it.each([404, 410])('a PUT to a resource that is gone: %i', async (status) => {
    const halo = fakeHalo();
    halo.answer('PUT', fhirPath(guidA, 'Appointment/12'), status, outcome('not-found'));
    const { practice } = await practiceAt(halo);
    const failure = await failureOf(practice.fhirUpdate('Appointment', '12', stored, null));
    expect(failure).toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each([
    [500, outcome('exception')],
    [504, wireError(504, 'Site is unreachable')],
    [201, ''],
    [201, '{"id":"12"}'],
  ])('may have been carried out: %i %j', async (status, body) => {
    const halo = fakeHalo();
    halo.answer('POST', fhirPath(guidA, 'Appointment'), status, body);
    const { practice } = await practiceAt(halo);
    expect(await failureOf(practice.fhirCreate('Appointment', booking))).toBeInstanceOf(NoAnswer);
  });

  it('are never sent to another server', async () => {
    const halo = fakeHalo();
    halo.answer('PUT', fhirPath(guidA, 'Appointment/12'), 403, outcome('forbidden'));
    halo.sites('1001', [{ id: guidB }]);
    const { practice } = await practiceAt(halo);
    expect(await failureOf(practice.fhirUpdate('Appointment', '12', stored, null))).toMatchObject({
      code: 'AUTHORITATIVE_SERVER_CHANGED',
      currentHaloGuid: guidB,
    });
  });
});
