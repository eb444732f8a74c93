/** What the operator reads when a practice fails: which one, where to look, once. */
import { afterEach, expect, test } from 'vitest';
import { type Facade, openFacade } from '../open-facade.ts';

const book = (bpSiteId: string) =>
  `{ practice(bpSiteId: "${bpSiteId}") { __typename ... on Practice { appointments(from: "2026-11-23") { __typename } } } }`;

let facade: Facade;
afterEach(() => facade.close());

const logged = (level: string) =>
  facade.log.map((line) => JSON.parse(line)).filter((line) => line.level === level);

test('a look-up that fails names the practice', async () => {
  facade = openFacade();
  await facade.executeWithFault('lookup-fails', book('1003'));
  expect(logged('warn')).toHaveLength(1);
  expect(logged('warn')[0]).toMatchObject({
    code: 'UPSTREAM_FAILED',
    bpSiteId: '1003',
    field: 'Query.practice',
  });
});

test('a practice that fails is logged with its site', async () => {
  facade = openFacade();
  await facade.executeWithFault('1003:offline', book('1003'));
  expect(logged('warn')).toMatchObject([
    { code: 'SITE_UNAVAILABLE', bpSiteId: '1003', haloGuid: expect.stringMatching(/1003$/) },
  ]);
});

test('a denial says why', async () => {
  facade = openFacade();
  await facade.executeWithFault('quota', book('1003'));
  expect(logged('warn')).toMatchObject([
    { code: 'ACCESS_DENIED', reason: 'QUOTA_EXCEEDED', bpSiteId: '1003' },
  ]);
});

test('a move that was followed is logged once', async () => {
  facade = openFacade();
  await facade.execute(book('1003'));
  await facade.executeWithFault('moved', book('1003'));
  expect(logged('warn')).toMatchObject([{ bpSiteId: '1003', previousHaloGuid: expect.any(String) }]);
});
