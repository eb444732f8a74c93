/** Requests of which something is wrong: body, headers, method or query string. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { hostileDocument } from './hostile-documents.ts';
import { hostileJson, hostileKey } from './hostile-values.ts';
import { typedOperation } from './typed-operations.ts';

export interface HostileRequest {
  readonly method: string;
  /** From the slash on, with the query string. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer<ArrayBuffer>;
}

const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });
const json = (value: unknown) => JSON.stringify(value) ?? 'undefined';

const params = fc
  .record({
    query: fc.oneof({ weight: 8, arbitrary: hostileDocument }, { weight: 1, arbitrary: hostileJson }),
    variables: sometimes(hostileJson),
    operationName: sometimes(hostileJson),
    extensions: sometimes(
      fc.oneof(
        hostileJson,
        fc.record({ persistedQuery: fc.oneof(hostileJson, fc.record({ sha256Hash: hostileJson })) }),
      ),
    ),
    documentId: sometimes(hostileJson),
  })
  .map(json);

const document = hostileDocument.map((query) => json({ query }));
const wellFormed = fc.oneof(params, document, document, typedOperation.map(json));
const broken = fc.oneof(
  fc.tuple(wellFormed, fc.nat(400)).map(([text, at]) => text.slice(0, at)),
  fc
    .tuple(wellFormed, fc.nat(400), fc.string({ unit: 'binary', maxLength: 5 }))
    .map(([text, at, soup]) => text.slice(0, at) + soup + text.slice(at)),
  fc
    .tuple(
      fc.constantFrom('[', '{"a":', '{"query":[', '{"variables":{"a":'),
      fc.integer({ min: 1, max: 100_000 }),
    )
    .map(([piece, times]) => piece.repeat(times).slice(0, 900_000)),
  hostileJson.map(json),
  fc.array(hostileJson, { maxLength: 3 }).map(json),
  fc.constantFrom(
    '',
    ' ',
    'null',
    '\ufeff{"query":"{viewer{name}}"}',
    '{"query":"{viewer{name}}"}{}',
    "{'query':1}",
    '{query}',
    'NaN',
    '1e999999',
    '-',
    '"\\ud800"',
    'query={viewer{name}}',
    '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--',
  ),
);
const doubled = fc
  .tuple(
    fc.oneof(hostileKey, fc.constantFrom('query', 'variables', 'operationName', 'extensions')),
    hostileJson,
    hostileJson,
  )
  .map(
    ([key, first, second]) =>
      `{"query":"{ viewer { name } }",${json(key)}:${json(first)},${json(key)}:${json(second)}}`,
  );
const numbersInVariables = fc
  .constantFrom('1e999', '-1e999', `1${'0'.repeat(5_000)}`, '0.1e-999', '9007199254740993', '1E+2')
  .map(
    (text) =>
      `{"query":"query ($a: Int!, $b: ID!) { practice(bpSiteId: $b) { ... on Practice { users(first: $a) { __typename } } } }","variables":{"a":${text},"b":${text}}}`,
  );

const text = fc.oneof(
  { weight: 6, arbitrary: wellFormed },
  { weight: 3, arbitrary: broken },
  doubled,
  numbersInVariables,
);
const bytes = fc.oneof(
  { weight: 8, arbitrary: text.map((body) => Buffer.from(body)) },
  { weight: 1, arbitrary: text.map((body) => Buffer.from(gzipSync(body))) },
  { weight: 1, arbitrary: text.map((body) => Buffer.from(body.slice(0, 2_000), 'utf16le')) },
  { weight: 1, arbitrary: text.map((body) => Buffer.from(body, 'latin1')) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((body) => Buffer.from(body)) },
);

const contentType = fc.oneof(
  { weight: 12, arbitrary: fc.constant('application/json') },
  fc.constantFrom(
    'application/json; charset=utf-16',
    'application/json;charset=',
    'Application/JSON',
    'application/json, text/plain',
    'application/graphql',
    'application/graphql+json',
    'application/graphql; charset=latin1',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    'text/plain',
    '/',
    '',
  ),
);
const otherHeaders = fc.record(
  {
    accept: fc.constantFrom(
      '*/*',
      'application/json',
      'application/graphql-response+json',
      'application/graphql-response+json, application/json;q=0.9',
      'text/event-stream',
      'multipart/mixed',
      'text/html',
      'application/json; charset=utf-16',
      'a/b/c;;;,,,',
      ',',
    ),
    'content-encoding': fc.constantFrom('gzip', 'br', 'deflate', 'identity', 'zstd, gzip', 'nonsense'),
    'x-request-id': fc.constantFrom(
      'a',
      'x'.repeat(129),
      'a b',
      '<script>',
      '__proto__',
      '../../x',
      '$(id)',
      "'",
    ),
    'x-halo-price-only': fc.constantFrom('true', 'TRUE', '1', 'false', 'true, true'),
    'x-sandbox-fault': fc.constantFrom('nonsense', '1001:offline:', ':::', 'x'.repeat(300)),
    'sec-fetch-site': fc.constantFrom('cross-site', 'same-origin', 'none'),
    origin: fc.constantFrom('null', 'https://evil.example', 'nonsense'),
    authorization: fc.constantFrom('Bearer', 'Bearer x.y.z', 'Basic Og==', 'Bearer a, Bearer b'),
    traceparent: fc.constantFrom('00-0-0-00', '00-'.repeat(50)),
    'content-length': fc.constantFrom('-1', 'x', '1, 1', '1e9', '0x10', '99999999999999999999'),
  },
  { requiredKeys: [] },
);
const fewHeaders = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: otherHeaders },
);

const post = fc.tuple(bytes, contentType, fewHeaders).map(
  ([body, type, headers]): HostileRequest => ({
    method: 'POST',
    target: '/graphql',
    headers: { ...(type !== '' && { 'content-type': type }), ...headers },
    body,
  }),
);

const queryString = fc
  .record(
    {
      query: fc.oneof(
        hostileDocument.map((document) => document.slice(0, 3_000)),
        fc.constant('{ viewer { name } }'),
      ),
      variables: fc.oneof(hostileJson.map(json), fc.constantFrom('{', '[', 'nonsense', '', '{"a":1e999}')),
      extensions: fc.oneof(hostileJson.map(json), fc.constantFrom('{', '"', '{"persistedQuery":null}')),
      operationName: fc.string({ unit: 'binary', maxLength: 10 }),
      documentId: fc.constantFrom('0', '%', '0'.repeat(64)),
    },
    { requiredKeys: [] },
  )
  .map((entries) =>
    Object.entries(entries)
      .map(([key, value]) => `${key}=${encodeURIComponent(Buffer.from(value).toString())}`)
      .join('&'),
  );
const get = fc
  .tuple(
    fc.oneof(
      queryString,
      fc.constantFrom(
        'query=%',
        'query=%ff%fe',
        'query&variables',
        '=&=&=',
        'query=a&query=b',
        'query[]=a',
        `query=${'('.repeat(9_000)}`,
      ),
    ),
    fewHeaders,
  )
  .map(([query, headers]): HostileRequest => ({ method: 'GET', target: `/graphql?${query}`, headers }));

const strange = fc
  .tuple(
    fc.constantFrom('PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'POST', 'GET', 'QUERY'),
    fc.constantFrom(
      '/graphql',
      '/',
      '/graphql/',
      '//graphql',
      '/GRAPHQL',
      '/graphql/../health',
      '/%67raphql',
      '/health',
      '/metrics',
      '/favicon.ico',
      '/graphql%00',
      '/nothing?%zz',
    ),
    fewHeaders,
  )
  .map(([method, target, headers]): HostileRequest => ({ method, target, headers }));

export const hostileRequest: fc.Arbitrary<HostileRequest> = fc.oneof(
  { weight: 8, arbitrary: post },
  { weight: 2, arbitrary: get },
  { weight: 1, arbitrary: strange },
);
