/** Bytes on a socket that are no request, a part of one, or several. */
import fc from 'fast-check';
import { hostileRequest } from './hostile-requests.ts';
import type { Conversation } from './raw-client.ts';

const question = '{"query":"{ viewer { name } }"}';
const requestLine = fc.oneof(
  { weight: 4, arbitrary: fc.constant('POST /graphql HTTP/1.1') },
  fc.constantFrom(
    'POST /graphql HTTP/1.0',
    'POST /graphql HTTP/2.0',
    'POST /graphql HTTP/9.9',
    'POST /graphql',
    'POST  /graphql  HTTP/1.1',
    'post /graphql HTTP/1.1',
    'NOTHING /graphql HTTP/1.1',
    'POST graphql HTTP/1.1',
    'POST http://elsewhere.example/graphql HTTP/1.1',
    'GET HTTP://elsewhere.example:99999/graphql HTTP/1.1',
    'POST http:///graphql HTTP/1.1',
    'POST https://[::1/graphql HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'CONNECT elsewhere.example:443 HTTP/1.1',
    'TRACE /graphql HTTP/1.1',
    'GET /graphql#fragment HTTP/1.1',
    'GET //elsewhere.example/graphql HTTP/1.1',
    'GET /graphql/../../etc/passwd HTTP/1.1',
    'GET \\graphql HTTP/1.1',
    'GET /%zz%00 HTTP/1.1',
    'GET /ready HTTP/1.1',
    'PRI * HTTP/2.0',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    '',
    ' ',
    '\0',
  ),
  fc.integer({ min: 1_000, max: 100_000 }).map((long) => `GET /graphql?query=${'x'.repeat(long)} HTTP/1.1`),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const host = fc.oneof(
  { weight: 4, arbitrary: fc.constant('Host: localhost') },
  fc.constantFrom(
    '',
    'Host:',
    'Host: a b',
    'Host: [::',
    'Host: localhost:99999',
    'Host: user:word@localhost',
    'Host: localhost/graphql?',
    'Host: é',
    'Host: one\r\nHost: two',
    'Host: <script>',
    'Host: %00',
  ),
);
const header = fc.oneof(
  fc.constantFrom(
    'Expect: 100-continue',
    'Expect: nonsense',
    'Connection: upgrade\r\nUpgrade: websocket',
    'Connection: upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__',
    'Connection: close, keep-alive, nonsense',
    'Transfer-Encoding: gzip',
    'Transfer-Encoding: chunked\r\nContent-Length: 3',
    'Content-Length: 0\r\nContent-Length: 5',
    'Content-Length: -1',
    'Content-Length: +5',
    'Content-Length: 1e3',
    'Content-Length: 99999999999999999999999',
    ' folded: 1',
    'no colon',
    ': no name',
    'a\0b: c',
    'a: \x01\x02',
    'x-request-id: a\tb',
    'x-request-id: a\r\nx-request-id: b',
    'content-type: text/plain\r\ncontent-type: application/json',
    '__proto__: x',
    'constructor: x',
    'accept: text/event-stream',
    'range: bytes=0-1',
    'trailer: x-request-id',
  ),
  fc.integer({ min: 100, max: 100_000 }).map((long) => `x-long: ${'x'.repeat(long)}`),
  fc
    .integer({ min: 10, max: 3_000 })
    .map((times) => Array.from({ length: times }, (_, at) => `h${at}: x`).join('\r\n')),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
/** The headers that frame it, and the body. */
const framed = fc.oneof(
  fc.constant(`Content-Length: ${question.length}\r\n\r\n${question}`),
  fc.nat(200).map((wrong) => `Content-Length: ${wrong}\r\n\r\n${question}`),
  fc
    .constantFrom(
      `${question.length.toString(16)}\r\n${question}\r\n0\r\n\r\n`,
      `${question.length.toString(16)};a=b\r\n${question}\r\n0\r\nx-trailer: 1\r\n\r\n`,
      `zz\r\n${question}`,
      `-1\r\n\r\n`,
      `ffffffffffffffffff\r\n${question}`,
      `5\r\n${question}`,
      `1\r\n{\r\n`,
      '0\r\n\r\n',
      '',
    )
    .map((chunks) => `Transfer-Encoding: chunked\r\n\r\n${chunks}`),
  fc
    .integer({ min: 1_000_001, max: 1_200_000 })
    .map((long) => `Content-Length: ${long}\r\n\r\n${' '.repeat(long)}`),
  fc
    .integer({ min: 1_000_001, max: 1_200_000 })
    .map(
      (long) => `Transfer-Encoding: chunked\r\n\r\n${long.toString(16)}\r\n${' '.repeat(long)}\r\n0\r\n\r\n`,
    ),
  fc.constantFrom('\r\n', ''),
);
const malformed = fc
  .tuple(requestLine, host, fc.array(header, { maxLength: 3 }), framed)
  .map(([line, at, more, rest]) =>
    Buffer.from(
      `${[line, at, 'content-type: application/json', ...more].filter((each, index) => index === 0 || each !== '').join('\r\n')}\r\n${rest}`,
      'latin1',
    ),
  );

const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, '?');
const wellFramed = hostileRequest
  .filter(({ method }) => method !== 'HEAD')
  .map(({ method, target, headers, body = Buffer.alloc(0) }) =>
    Buffer.concat([
      Buffer.from(
        [
          `${method} ${target.slice(0, 12_000)} HTTP/1.1`,
          'Host: localhost',
          `Content-Length: ${Buffer.byteLength(body)}`,
          ...Object.entries(headers)
            .filter(([name]) => name !== 'content-length')
            .map(([name, value]) => `${name}: ${printable(value)}`),
          '\r\n',
        ].join('\r\n'),
      ),
      body,
    ]),
  );

const oneOrMore = fc
  .array(fc.oneof(malformed, wellFramed), { minLength: 1, maxLength: 3 })
  .map((requests) => Buffer.concat(requests));

/** Complete, in pieces, or interrupted by an end or a reset. */
export const hostileConversation: fc.Arbitrary<Conversation> = fc
  .record({
    bytes: oneOrMore,
    until: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
    pieces: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 8 })),
    cut: fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  })
  .map(({ bytes, until, pieces, cut }) => {
    const sent = bytes.subarray(0, Math.ceil(bytes.length * until));
    const size = Math.max(1, Math.ceil(sent.length / pieces));
    const cutUp = Array.from({ length: Math.ceil(sent.length / size) }, (_, at) =>
      sent.subarray(at * size, (at + 1) * size),
    );
    return { pieces: cutUp, cut };
  });
