/** Malformed HTTP, GraphQL and JSON. `FUZZ_RUNS=10000` runs more, and watches the heap. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, expect, it, vi } from 'vitest';
import { defaultKey } from '../../sandbox/server/start.ts';
import { createDrain } from '../../src/http/drain.ts';
import { withSaneTarget } from '../../src/http/request-target.ts';
import { createConcurrencyLimit } from '../../src/limits/concurrency-limit.ts';
import { openFacade } from '../open-facade.ts';
import { heapBytes } from './heap-bytes.ts';
import { hostileConversation } from './hostile-conversations.ts';
import { hostileRequest } from './hostile-requests.ts';
import { converse } from './raw-client.ts';
import { sandboxApart } from './sandbox-apart.ts';
import { expectSane, innards } from './sane-answer.ts';
import { typedOperation } from './typed-operations.ts';

const runs = (few: number): number => Number(process.env.FUZZ_RUNS ?? few);
/** Milliseconds, for ten thousand runs. */
const patience = 1_800_000;
/** In a long run: the growth of the heap that is allowed after a fifth of it. */
const maxGrowthBytes = 20_000_000;
const bigRun = 5_000;

const json = { 'content-type': 'application/json' };
let running = 0;
const { enter } = createConcurrencyLimit({ perCaller: 50 });
const sandbox = await sandboxApart(defaultKey);
const facade = openFacade({
  baseUrl: sandbox.url,
  server: {
    priceLimit: { maxCharged: 200, source: 'auto' },
    knownOperations: { byId: new Map([['0', '{ viewer { name } }']]), only: false },
    callerLimits: {
      rate: { take: async () => ({ allowed: true }) },
      concurrency: { enter: counted, retryAfterSeconds: 1 },
    },
  },
});
const errorsPrinted = vi.spyOn(console, 'error');
afterAll(async () => {
  errorsPrinted.mockRestore();
  facade.yoga.drain();
  await facade.close();
  sandbox.close();
});

function counted(caller: string) {
  const leave = enter(caller);
  if (!leave) return null;
  running += 1;
  return () => {
    running -= 1;
    leave();
  };
}

/** The log has no unexpected error and no secret. */
function expectQuiet(): void {
  for (const line of (facade.log as string[]).splice(0)) {
    if (/"level":"error"/.test(line) || innards.test(line) || line.includes(defaultKey)) expect.fail(line);
  }
  expect(errorsPrinted).not.toHaveBeenCalled();
}

/** The heap while the cache of documents, which is bounded, is full of the same. */
async function settledHeap(): Promise<number> {
  for (let turn = 0; turn < 30; turn += 1) {
    const body = JSON.stringify({ query: `{ viewer { ${'a '.repeat(4_900)} n${turn} } }` });
    await sendRequest('/graphql', { method: 'POST', headers: json, body }, () => body);
  }
  expectQuiet();
  return heapBytes();
}

async function property<T>(
  name: string,
  hostile: fc.Arbitrary<T>,
  numRuns: number,
  check: (value: T) => Promise<void>,
): Promise<void> {
  let turn = 0;
  let early = 0;
  const checked = fc.asyncProperty(hostile, async (value) => {
    turn += 1;
    if (turn === numRuns / 5 && numRuns >= bigRun) early = await settledHeap();
    await check(value);
    expectQuiet();
  });
  const startedAt = performance.now();
  await fc.assert(checked, { numRuns, endOnFailure: numRuns >= bigRun });
  if (numRuns < bigRun) return;
  const late = await settledHeap();
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  const [before, after] = [early, late].map((bytes) => `${(bytes / 1e6).toFixed(1)} MB`);
  process.stdout.write(
    `${name}: ${numRuns} in ${seconds} s, heap ${before} after a fifth, ${after} at the end\n`,
  );
  expect(late - early).toBeLessThan(maxGrowthBytes);
}

async function sendRequest(target: string, init: RequestInit, pending: () => string): Promise<void> {
  const response = await facade.yoga.fetch(`http://localhost${target}`, init);
  const { status, headers } = response;
  const text = await response.text();
  if (text.includes(defaultKey)) expect.fail('the key');
  expectSane({ status, contentType: headers.get('content-type'), text }, pending);
}

it(
  'a request is answered sanely whatever it holds',
  () =>
    property('requests', hostileRequest, runs(200), ({ method, target, headers, body }) =>
      sendRequest(target, { method, headers, ...(body && { body }) }, () =>
        [method, target, JSON.stringify(headers), body].join(' '),
      ),
    ),
  patience,
);

it(
  'arguments of every field are taken or refused, by a practice too',
  () =>
    property('arguments', typedOperation, runs(120), (operation) => {
      const body = JSON.stringify(operation);
      return sendRequest('/graphql', { method: 'POST', headers: json, body }, () => body);
    }),
  patience,
);

it(
  'a connection may say what it likes, and be cut off anywhere',
  async () => {
    const listener = createDrain().listener(withSaneTarget(facade.yoga));
    const server = createServer(
      { requestTimeout: 1_000, headersTimeout: 1_000, connectionsCheckingInterval: 200 },
      listener,
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      await property('conversations', hostileConversation, runs(120), async (said) => {
        for (const answer of await converse(port, said)) expectSane(answer, () => said.pieces.join(''));
      });
      await vi.waitFor(() => expect(running).toBe(0), { timeout: 20_000 });
      expectQuiet();
      expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
  patience,
);
