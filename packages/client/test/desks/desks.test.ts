/**
 * The four clients, written as docs/clients has it, against the built server: one table of what a reception desk does. Each
 * page's code is compiled under the options of Vite's template, and rendered by React.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Window } from 'happy-dom';
import type { ComponentType, ReactNode } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BuiltServer, startBuiltServer } from './built-server.ts';
import { buildPackage, compileRelay, extract, generate, typeErrors, writeFiles } from './extract.ts';

interface Props {
  readonly bpSiteId: string;
  readonly practiceId: string;
  readonly date: string;
  readonly first?: number;
  readonly pollMs?: number;
}

interface Desk {
  search(name: string): Promise<readonly { readonly id: string; readonly fullName: string }[]>;
  freeTimes(
    date: string,
  ): Promise<readonly { readonly start: string; readonly user?: { readonly id: string } | null }[]>;
  book(booking: object): Promise<string>;
  move(appointmentId: string, start: string): Promise<void>;
  cancel(appointmentId: string): Promise<void>;
}

/** What each page exports. */
interface Page {
  readonly HaloProvider: ComponentType<{ readonly children: ReactNode }>;
  readonly DayBook: ComponentType<Props>;
  useDesk(props: Props): Desk;
}

/** `readsAgain`: a change reads the book again, for want of a cache by id. */
const clients = [
  { name: 'Apollo Client 4', page: 'apollo', readsAgain: false },
  { name: 'urql 5', page: 'urql', readsAgain: false },
  { name: 'Relay 21', page: 'relay', readsAgain: false },
  { name: 'TanStack Query with graphql-request', page: 'tanstack', readsAgain: true },
];

const documentedUrl = 'http://127.0.0.1:4000/graphql';
const bpSiteId = '1001';
const never = 3_600_000;
let server: BuiltServer;
let practiceId: string;
/** The sandbox's fault for what is sent from now on. */
let fault: string | undefined;
/** Names of the operations that were sent. */
const sent: string[] = [];

const realFetch = globalThis.fetch;
const window = new Window({ url: 'http://reception.test/' });
const { document: screen, navigator } = window;
for (const [name, value] of Object.entries({ window, document: screen, navigator, fetch: documentedFetch })) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

/** Sends what the page's code sends, to where the server is. */
function documentedFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  expect(String(input)).toBe(documentedUrl);
  const { query } = JSON.parse(String(init.body)) as { query: string };
  sent.push(/(?:query|mutation) (\w+)/.exec(query)?.[1] ?? query);
  const headers = new Headers(init.headers);
  if (fault) headers.set('x-sandbox-fault', fault);
  return realFetch(server.url, { ...init, headers });
}

beforeAll(async () => {
  buildPackage();
  server = await startBuiltServer();
  practiceId = (await read('id')).id;
});
afterAll(() => server?.close());
beforeEach(() => {
  fault = undefined;
});

// biome-ignore lint/suspicious/noExplicitAny: whatever shape the selection has
async function read(selection: string): Promise<any> {
  const query = `{ viewer { practice(bpSiteId: "${bpSiteId}") { ${selection} } } }`;
  const response = await realFetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()).data.viewer.practice;
}

async function firstRows(count: number): Promise<string[]> {
  const list = `appointmentsConnection(from: "${busyDay()}", first: ${count})`;
  const { appointmentsConnection } = await read(`${list} { nodes { start patient { fullName } } }`);
  return appointmentsConnection.nodes.map(
    ({ start, patient }: { start: string; patient: { fullName: string } }) =>
      `${start.slice(11, 16)} ${patient.fullName}`,
  );
}

describe.each(clients)('$name', ({ page: pageName, readsAgain }) => {
  let folder: string;
  let page: Page;
  const closing: (() => void)[] = [];

  beforeAll(async () => {
    folder = extract(pageName);
    if (pageName === 'relay') compileRelay(folder);
    const load = (file: string) => import(/* @vite-ignore */ pathToFileURL(`${folder}/src/${file}`).href);
    const [halo, dayBook, useDesk] = [
      await load('halo.tsx'),
      await load('DayBook.tsx'),
      await load('useDesk.ts'),
    ];
    page = { ...halo, ...dayBook, ...useDesk };
  });
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  /** A screen with the book of a day. */
  async function open(props: Partial<Props>) {
    const { createElement } = await import('react');
    const { createRoot } = await import('react-dom/client');
    const place = document.createElement('main');
    document.body.append(place);
    const root = createRoot(place);
    closing.push(() => {
      root.unmount();
      place.remove();
    });
    let desk: Desk | undefined;
    const all: Props = { bpSiteId, practiceId, date: busyDay(), pollMs: never, ...props };
    function Screen() {
      desk = page.useDesk(all);
      return createElement(page.DayBook, all);
    }
    root.render(createElement(page.HaloProvider, { children: createElement(Screen) }));
    await until(() => place.querySelector('ol') !== null && desk !== undefined);
    return {
      desk: desk as unknown as Desk,
      rows: () => [...place.querySelectorAll('li')].map(({ textContent }) => textContent),
      banner: () => place.querySelector('[role=alert]')?.textContent ?? undefined,
      more: () => place.querySelector('button')?.click(),
    };
  }

  test("the page's code compiles as it stands", () => {
    expect(typeErrors(folder)).toBe('');
  });

  test('shows a day book, and two pages as one list', async () => {
    const { rows, more } = await open({ first: 3 });
    await until(() => rows().length === 3);
    more();
    await until(() => rows().length === 6);
    expect(rows()).toEqual(await firstRows(6));
  });

  test('searches, books, moves and cancels, and the list on the screen follows', async () => {
    const date = emptyDay(clients.findIndex((each) => each.page === pageName));
    const { desk, rows } = await open({ date });
    await until(() => sent.length > 0 && rows().length === 0);
    const [patient] = await desk.search('sam');
    if (!patient) throw new Error('Nobody found.');
    const slots = await desk.freeTimes(date);
    const times = slots.filter(({ user }) => user?.id === slots[0]?.user?.id).map(({ start }) => start);
    const [first = '', second = ''] = times;
    const userId = slots[0]?.user?.id;
    sent.length = 0;

    const booking = { patientId: patient.id, userId, start: second };
    const id = await desk.book({ ...booking, idempotencyKey: crypto.randomUUID() });
    await until(() => rows().length === 1);
    expect(rows()[0]).toBe(`${second.slice(11, 16)} ${patient.fullName}`);

    await expect(desk.book({ ...booking, idempotencyKey: crypto.randomUUID() })).rejects.toMatchObject({
      name: 'HaloGraphError',
      code: 'SLOT_TAKEN',
    });
    expect(rows()).toHaveLength(1);

    await desk.move(id, first);
    await until(() => rows()[0] === `${first.slice(11, 16)} ${patient.fullName}`);
    expect(rows()).toHaveLength(1);

    await desk.cancel(id);
    await until(() => rows().length === 0);

    const other = await desk.book({ ...booking, idempotencyKey: crypto.randomUUID() });
    await until(() => rows().length === 1);
    const [nextDay] = await desk.freeTimes(weekdayAfter(date));
    await desk.move(other, nextDay?.start ?? '');
    await until(() => rows().length === 0);
    expect(sent.some((name) => name.includes('DayBook'))).toBe(readsAgain);
  });

  test('keeps the book on the screen when a poll fails, says so, and goes on', async () => {
    const { rows, banner } = await open({ pollMs: 250 });
    await until(() => rows().length > 50);
    const shown = rows();
    expect(banner()).toBeUndefined();
    fault = `${bpSiteId}:offline`;
    await until(() => banner() !== undefined);
    expect(banner()).toMatch(/practice's server/);
    expect(rows()).toEqual(shown);
    fault = undefined;
    await until(() => banner() === undefined);
    expect(rows()).toEqual(shown);
  });
});

test("the README's app and codegen.ts compile as they stand", () => {
  const folder = extract('tanstack');
  writeFiles('README.md', folder);
  generate(folder, 'practice-dashboard.graphql');
  expect(readFileSync(`${folder}/src/gql/graphql.ts`, 'utf8')).toContain('PracticeDashboardDocument');
  expect(readFileSync(`${folder}/src/App.tsx`, 'utf8')).toContain('<DayBook');
  expect(typeErrors(folder)).toBe('');
});

/** A weekday of the sandbox's books. */
function busyDay(): string {
  return weekdayAhead(7);
}

/** A weekday that they do not reach, another for each client. */
function emptyDay(number: number): string {
  return weekdayAhead(290 + 7 * number);
}

function weekdayAhead(days: number): string {
  return weekdayFrom(new Date(Date.now() + days * 86_400_000));
}

function weekdayAfter(day: string): string {
  return weekdayFrom(new Date(Date.parse(day) + 86_400_000));
}

function weekdayFrom(date: Date): string {
  while ([0, 6].includes(date.getUTCDay())) date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

async function until(holds: () => boolean): Promise<void> {
  const began = Date.now();
  while (!holds()) {
    if (Date.now() - began > 45_000)
      throw new Error(`It did not come to hold: ${document.body.textContent?.slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
