/** What comes from upstream has to be sent, decoded and parsed, row by row: its size is counted here, on the wire. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openFacade } from '../open-facade.ts';

interface Exchange {
  /** The statement that was sent. */
  readonly statement: string;
  /** The whole answer. */
  readonly bytes: number;
  /** The JSON in its `result.data`. */
  readonly json: string;
}

const exchanges: Exchange[] = [];
const ofTheHop: ReadonlySet<string> = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

/** Before the sandbox, and passes everything on: what comes through here is what came over the wire. */
const wire = createServer(async (request, response) => {
  const sent: Buffer[] = [];
  for await (const chunk of request) sent.push(chunk);
  const body = Buffer.concat(sent);
  const answer = await fetch(new URL(request.url ?? '', inject('sandboxUrl')), {
    method: request.method ?? 'GET',
    headers: Object.entries(request.headers as Record<string, string>).filter(
      ([name]) => !ofTheHop.has(name),
    ),
    ...(body.length > 0 && { body }),
  });
  const came = Buffer.from(await answer.arrayBuffer());
  if (request.url?.endsWith('/queries/immediate')) {
    exchanges.push({
      statement: JSON.parse(body.toString()).command.text,
      bytes: came.length,
      json: Buffer.from(JSON.parse(came.toString()).result.data, 'base64').toString(),
    });
  }
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
  response.end(came);
});

let facade: ReturnType<typeof openFacade>;
beforeAll(async () => {
  await new Promise<void>((done) => wire.listen(0, '127.0.0.1', done));
  const { port } = wire.address() as AddressInfo;
  facade = openFacade({ source: 'sql-passthrough', baseUrl: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  await facade.close();
  wire.close();
});

/** The one statement that a page of this day's appointments with these fields takes, and what it brings. */
async function book(fields: string): Promise<Exchange & { readonly rows: number }> {
  exchanges.length = 0;
  const { data } = await facade.execute(
    `{ practice(bpSiteId: "1001") { ... on Practice { appointments(from: "2026-11-24") {
      ... on AppointmentConnection { nodes { ${fields} } } } } } }`,
  );
  const rows = data.practice.appointments.nodes.length;
  expect(rows).toBeGreaterThan(80);
  expect(exchanges).toHaveLength(1);
  const [exchange] = exchanges;
  return { ...(exchange as Exchange), rows };
}

/** `p.FIRSTNAME`, for each column of the select list. */
const columnsOf = ({ statement }: Exchange): readonly string[] =>
  (statement.split('\n')[0] ?? '').match(/\b[a-z]+\.[A-Z0-9]+/g) ?? [];

describe('the day book, with patient, user and type', () => {
  const fields = `pmsId start end durationMinutes status reason type { name }
    patient { pmsId fullName birthDate mobilePhone } user { pmsId displayName }`;

  it('is at most 270 bytes of JSON a row, 370 on the wire', async () => {
    const { json, bytes, rows } = await book(fields);
    expect(json.length / rows).toBeLessThan(270);
    expect(bytes / rows).toBeLessThan(370);
  });

  it('holds no padding, no midnights and no long names', async () => {
    const { json } = await book(fields);
    expect(json).not.toMatch(/ "/);
    expect(json).not.toContain('T00:00:00');
    expect(json).not.toMatch(/"\w{3,}":/);
  });

  it('selects no column twice', async () => {
    const columns = columnsOf(await book(fields));
    expect(new Set(columns).size).toBe(columns.length);
  });
});

describe('a small selection', () => {
  /** Where in the book, how long, how far, and whose: what every appointment has. */
  const always = [
    'a.RECORDID',
    'a.APPOINTMENTDATE',
    'a.APPOINTMENTTIME',
    'a.APPOINTMENTLENGTH',
    'a.RECORDSTATUS',
    'a.APPOINTMENTCODE',
    'a.INTERNALID',
    'a.USERID',
    'a.LOCATIONID',
    'l.POSTCODE',
  ];

  it.each([
    ['start', []],
    ['pmsId end status practice { bpSiteId }', []],
    ['start reason', ['a.REASON']],
    ['start patient { pmsId }', ['p.INTERNALID']],
    ['start patient { fullName }', ['p.INTERNALID', 'p.FIRSTNAME', 'p.SURNAME']],
    ['start user { displayName }', ['u.USERID', 'ut.TITLE', 'u.FIRSTNAME', 'u.SURNAME']],
    ['start type { name }', ['t.APPOINTMENTCODE', 't.DESCRIPTION']],
    ['start location { name }', ['l.RECORDSTATUS', 'l.LOCATIONID', 'l.LOCATIONNAME']],
  ])('of %s brings no other columns', async (fields, columns) => {
    expect(columnsOf(await book(fields)).toSorted()).toEqual([...always, ...columns].toSorted());
  });

  it('is at most 120 bytes of JSON a row', async () => {
    const { json, rows } = await book('start status');
    expect(json.length / rows).toBeLessThan(120);
  });
});
