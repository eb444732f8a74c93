/** A site without a Bp Premier API, asked by a server that is told to use nothing else. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openFront } from '../cli/front.ts';
import { type Facade, openFacade } from '../open-facade.ts';

let front: Awaited<ReturnType<typeof openFront>>;
const facades: Facade[] = [];
beforeAll(async () => {
  front = await openFront(({ path }) => (path.endsWith('/metadata') ? { status: 404, body: {} } : undefined));
});
afterAll(async () => {
  await Promise.all(facades.map((facade) => facade.close()));
  await front.close();
});

const ask = (source: 'bp-premier' | 'auto') => {
  const facade = openFacade({ baseUrl: front.url, source });
  facades.push(facade);
  return facade.ask(`{ practice(bpSiteId: "1001") { ... on Practice {
    locations { __typename ... on OperationNotSupported { code message operation } }
  } } }`);
};

it('C8: is OPERATION_NOT_SUPPORTED, and says why', async () => {
  const { data } = await ask('bp-premier');
  expect(data.practice.locations).toMatchObject({
    code: 'OPERATION_NOT_SUPPORTED',
    message: expect.stringContaining('The site has no Bp Premier API.'),
  });
});

it('C8: is asked by SQL Passthrough where both may be used', async () => {
  const { data } = await ask('auto');
  expect(data.practice.locations.__typename).toBe('LocationConnection');
});
