import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withSaneTarget } from '../../src/http/request-target.ts';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const server = createServer(withSaneTarget(fakeHalo().yoga));
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => server.closeAllConnections());
afterAll(() => server.close());

const body = '{"query":"{ viewer { name } }"}';

async function answerTo(line: string, host: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  const framing = `content-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close`;
  // Not `end`: Node ends a response that has not begun when the client has closed its side.
  socket.write(`${line} HTTP/1.1\r\nHost: ${host}\r\n${framing}\r\n\r\n${body}`);
  return text(socket);
}

test.each([
  ['POST /graphql', 'localhost'],
  ['POST /graphql', ''],
  ['POST /graphql', 'localhost:4000'],
  ['POST /graphql', '[::1]:4000'],
  ['POST /graphql', 'sub_domain.example'],
  ['POST http://elsewhere.example/graphql', 'localhost'],
  ['POST HTTPS://elsewhere.example:81/graphql?a=b', 'localhost:4000'],
])('%s with the host "%s" is answered', async (line, host) => {
  const answer = await answerTo(line, host);
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).toContain('"name":"tester"');
});

test.each([
  ['POST /graphql', 'a b'],
  ['POST /graphql', '[::'],
  ['POST /graphql', 'localhost:99999'],
  ['POST /graphql', 'localhost/elsewhere?'],
  ['POST /graphql', 'somebody@localhost'],
  ['POST http://[::/graphql', 'localhost'],
  ['OPTIONS *', 'localhost'],
])('%s with the host "%s" is refused', async (line, host) => {
  const answer = await answerTo(line, host);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain('"code":"BAD_REQUEST"');
  expect(answer).not.toMatch(/node_modules|at new URL/);
});
