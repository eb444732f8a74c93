import { expect, test } from 'vitest';
import { clientOf, databaseOf } from './known-practice.ts';

const fhir = clientOf(databaseOf({}));

test.each([
  '',
  '/',
  'patient',
  'Patient/',
  'Patient/1/2',
  'Patient/1 2',
  'Patient/%E0%A4%A',
  'metadata/x',
  '../x',
  'Patient/_history',
])('path %j cannot be parsed', (path) => {
  expect(fhir.get(path)).toEqual({
    status: 400,
    body: {
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'fatal',
          code: 'exception',
          details: {
            coding: [{ system: 'http://hl7.org/fhir/dotnet-api-operation-outcome', code: '5003' }],
            text: 'Unable to parse Resource URL',
          },
        },
      ],
    },
  });
});

test.each([
  ['GET', 'Patient/99', 404],
  ['GET', 'Patient/abc', 404],
  ['GET', 'Observation', 404],
  ['GET', 'Patient/$everything', 404],
  ['GET', 'Slot', 404],
  ['GET', 'Patient/_search', 405],
  ['POST', 'Patient', 400],
  ['POST', 'Practitioner', 405],
  ['PUT', 'Patient/1', 404],
  ['PUT', 'Organization/1', 405],
  ['DELETE', 'Patient/1', 405],
  ['POST', 'metadata', 405],
  ['POST', 'Slot/$find-free', 405],
])('%s %s is %i', (method, path, status) => {
  const answer = fhir.send(method, path);
  expect([answer.status, answer.body.resourceType]).toEqual([status, 'OperationOutcome']);
});
