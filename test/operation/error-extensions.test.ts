/** An entry in `errors` has the fields of the error's type. A new field of an error type cannot be forgotten. */
import { getNamedType, isInterfaceType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import * as errors from '../../src/errors.ts';
import { errorExtensions } from '../../src/operation/error-extensions.ts';
import { schema } from '../../src/schema/index.ts';

const guid = '5a4db0c5-0000-4000-a000-000000001005';
const notes = { detail: 'for the log', cause: new Error('for the log') };
const everyError: readonly errors.HaloError[] = [
  new errors.AuthoritativeServerChanged({ haloGuid: guid, bpSiteId: '1001', currentHaloGuid: guid }, notes),
  new errors.PracticeIdentityChanged({ bpSiteId: '1001', expectedName: 'Old', foundName: 'New' }, notes),
  new errors.AccessDenied('NOT_PAIRED', notes),
  new errors.SiteUnavailable({ haloGuid: guid, availability: 'OFFLINE', retryAfterSeconds: 5 }, notes),
  new errors.QueryTimedOut({ asyncQueryId: guid, ...notes }),
  new errors.RateLimited(7, notes),
  new errors.ResultTooLarge({ asyncQueryId: guid, ...notes }),
  new errors.ResultExpired(notes),
  new errors.PmsError('mssql', 229, notes),
  new errors.OperationNotSupported({ operation: 'READ_USERS' }, notes),
  new errors.InvalidInput([{ path: ['from'], message: 'A date is expected.' }], notes),
  new errors.NotFound(notes),
  new errors.SlotTaken(notes),
  new errors.OutcomeUnknown('key', notes),
  new errors.UpstreamFailed(502, notes),
];
for (const error of everyError) error.addressedSite = { bpSiteId: '1001' };

/** The fields of the type that can be read from the error itself. */
function fieldsOf(typeName: string): string[] {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`No such type: ${typeName}`);
  return Object.values(type.getFields())
    .filter(({ name }) => name !== 'message')
    .filter(({ name }) => name !== 'queryId')
    .filter((field) => getNamedType(field.type).name !== 'Site')
    .map(({ name }) => name);
}

test.each(everyError.map((error) => [error.name, error] as const))('%s', (type, error) => {
  const extensions = errorExtensions(error, { practices: 'all' });
  expect(Object.keys(extensions).sort()).toEqual([...fieldsOf(type), 'type'].sort());
  expect(extensions).toMatchObject({ type, code: error.code, retryable: error.retryable });
});

test('every type of error is among these', () => {
  const halo = schema.getType('HaloError');
  const types = isInterfaceType(halo) ? schema.getPossibleTypes(halo).map(({ name }) => name) : [];
  expect(everyError.map(({ name }) => name).sort()).toEqual(types.sort());
});

test('the name of another practice is for callers of all practices', () => {
  const changed = everyError.find(({ name }) => name === 'PracticeIdentityChanged') as errors.HaloError;
  expect(errorExtensions(changed, { practices: 'all' })).toMatchObject({ foundName: 'New' });
  expect(errorExtensions(changed, { practices: ['1001'] })).toMatchObject({ foundName: null });
  expect(errorExtensions(changed, undefined)).toMatchObject({ foundName: null });
});
