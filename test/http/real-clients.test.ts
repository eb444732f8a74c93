/** What real GraphQL clients send, byte for byte: recorded by test/foreign/clients. */
import { afterAll, describe, expect, it } from 'vitest';
import { type Facade, openFacade } from '../open-facade.ts';
import { type Recording, readRecordings, type SentRequest } from '../recorded-clients/recordings.ts';

const recordings = readRecordings();
const named = recordings.map((recording) => [recording.client, recording.does, recording] as const);
const app = 'https://app.example';
/** A request with these headers alone needs no preflight. */
const safelisted = new Set(['accept']);

const facades: Facade[] = [];
afterAll(() => Promise.all(facades.map((facade) => facade.close())));

const replay = (facade: Facade, { method, target, headers, body }: SentRequest, more: object = {}) =>
  facade.yoga.fetch(`http://facade.test${target}`, {
    method,
    headers: { ...headers, ...more },
    ...(body !== '' && { body }),
  });

/** Values in a URL, which are refused: a GET with variables. */
const hasValuesInUrl = ({ target }: SentRequest): boolean => {
  const url = new URL(target, app);
  return Object.keys(JSON.parse(url.searchParams.get('variables') ?? '{}')).length > 0;
};

it('there are recordings of all five clients', () => {
  expect(new Set(recordings.map(({ client }) => client.split(' ')[0]))).toEqual(
    new Set(['Apollo', 'urql', 'Relay', 'graphql-request', 'GraphiQL']),
  );
});

describe.each(['known', 'any', 'off'] as const)('fastPath: %s', (fastPath) => {
  const facade = openFacade({ server: { fastPath } });
  facades.push(facade);

  it.each(named)('%s: %s', async (_client, _does, { requests }: Recording) => {
    for (const [at, request] of requests.entries()) {
      const response = await replay(facade, request);
      const answer = await response.json();
      if (hasValuesInUrl(request)) {
        expect(response.status).toBe(405);
        expect(answer.errors[0].message).toMatch(/useGETForQueries: false.*preferGetMethod: false/);
      } else if (at < requests.length - 1) {
        // By these words the client sends the document itself.
        expect(answer.errors).toMatchObject([
          { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
        ]);
      } else {
        expect({ status: response.status, errors: answer.errors }).toEqual({
          status: 200,
          errors: undefined,
        });
        expect(Object.values(answer.data)).toEqual([expect.anything()]);
        expect(response.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
      }
    }
  });
});

describe('from a page of an allowed origin', () => {
  const facade = openFacade({ server: { allowedOrigins: [app] } });
  facades.push(facade);
  const fromPage = { origin: app, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };

  it.each(named)(
    '%s: %s: the browser may send it, and read the answer',
    async (_client, _does, { requests }) => {
      for (const request of requests.filter((each) => !hasValuesInUrl(each))) {
        const sentHeaders = Object.keys(request.headers).filter((name) => !safelisted.has(name));
        const preflight = await facade.yoga.fetch(`http://facade.test${request.target}`, {
          method: 'OPTIONS',
          headers: {
            ...fromPage,
            'access-control-request-method': request.method,
            'access-control-request-headers': sentHeaders.join(','),
          },
        });
        expect(preflight.headers.get('access-control-allow-origin')).toBe(app);
        const allowed = (preflight.headers.get('access-control-allow-headers') ?? '').split(/, ?/);
        for (const name of sentHeaders) expect(allowed).toContain(name);
        const response = await replay(facade, request, fromPage);
        await response.text();
        expect(response.status).not.toBe(403);
        expect(response.headers.get('access-control-allow-origin')).toBe(app);
      }
    },
  );
});
