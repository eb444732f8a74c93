/** A site without a Bp Premier API, queried by a server that is configured to use only that API. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSandboxProxy } from '../cli/sandbox-proxy.ts';
import { type Facade, openFacade } from '../open-facade.ts';

let front: Awaited<ReturnType<typeof openSandboxProxy>>;
const facades: Facade[] = [];
beforeAll(async () => {
  front = await openSandboxProxy(({ path }) =>
    path.endsWith('/metadata') ? { status: 404, body: {} } : undefined,
  );
});
afterAll(async () => {
  await Promise.all(facades.map((facade) => facade.close()));
  await front.close();
});

const execute = (source: 'bp-premier' | 'auto') => {
  const facade = openFacade({ baseUrl: front.url, source });
  facades.push(facade);
  return facade.execute(`{ practice(bpSiteId: "1001") { ... on Practice {
    locations { __typename ... on OperationNotSupported { code message operation } }
  } } }`);
};

it('C8: is OPERATION_NOT_SUPPORTED, and says why', async () => {
  const { data } = await execute('bp-premier');
  expect(data.practice.locations).toMatchObject({
    code: 'OPERATION_NOT_SUPPORTED',
    message: expect.stringContaining('The site has no Bp Premier API.'),
  });
});

it('C8: is queried through SQL Passthrough where both may be used', async () => {
  const { data } = await execute('auto');
  expect(data.practice.locations.__typename).toBe('LocationConnection');
});
