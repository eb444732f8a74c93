/**
 * Reads a result of 200 MB page by page through the facade, and prints how much memory its process took above idle.
 * `npm run bench:large`; exits 1 above the bound.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { nodeFlags } from '../src/node-flags.ts';

const megabytes = 200;
const boundMb = 150;
const rowBytes = 1_000;
const bpSiteId = '1001';

const facade = spawn(process.execPath, [...nodeFlags, 'dist/src/main.js'], {
  env: { ...process.env, PORT: '0', LOG_LEVEL: 'info', HALO_DEADLINE_MS: '120000' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const url = await new Promise<string>((resolve) => {
  facade.stdout.on('data', (text: Buffer) => {
    const [, found] = /"url":"([^"]+)"/.exec(String(text)) ?? [];
    if (found) resolve(found);
  });
});

async function runQuery<T>(query: string, variables: object): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** Resident memory of the facade's process in MB: now, and its maximum so far. */
function memory(): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${facade.pid}/status`, 'utf8');
  const mb = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { now: mb('VmRSS'), peak: mb('VmHWM') };
}

const start = `mutation ($bpSiteId: ID!, $text: String!) { startSqlQuery(input: { site: { bpSiteId: $bpSiteId }, command: { text: $text } }) {
  ... on StartSqlQueryPayload { query { queryId } } ... on HaloError { message } } }`;
const page = `query ($bpSiteId: ID!, $id: UUID!, $number: Int!) { practice(bpSiteId: $bpSiteId) { ... on Practice { site { sqlQuery(id: $id) {
  ... on SqlQuery { status page(number: $number) { __typename ... on SqlResultPage { rows } ... on HaloError { message } } } } } } } }`;
type Page = { rows: unknown[] } | { message: string };

const text = `SELECT TOP (${(megabytes * 1_000_000) / rowBytes}) a.RECORDID AS id, REPLICATE('x', ${rowBytes - 20}) AS filler
  FROM dbo.APPOINTMENTS a CROSS JOIN dbo.APPOINTMENTS b`;

try {
  await runQuery('{ viewer { name } }', {});
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const idle = memory().now;
  const began = performance.now();
  const started = await runQuery<{ startSqlQuery: { query: { queryId: string } } }>(start, {
    bpSiteId,
    text,
  });
  const id = started.startSqlQuery.query.queryId;
  let rows = 0;
  let pages = 0;
  while (rows < (megabytes * 1_000_000) / rowBytes) {
    pages += 1;
    const answer = await runQuery<{ practice: { site: { sqlQuery: { page: Page } } } }>(page, {
      bpSiteId,
      id,
      number: pages,
    });
    const read = answer.practice.site.sqlQuery.page;
    if (!('rows' in read)) throw new Error(`Page ${pages}: ${read.message}`);
    rows += read.rows.length;
  }
  const seconds = (performance.now() - began) / 1000;
  const above = memory().peak - idle;
  process.stdout.write(
    `${megabytes} MB in ${pages} pages, ${rows} rows: ${seconds.toFixed(1)} s\n` +
      `idle ${idle.toFixed(0)} MB, at most ${above.toFixed(0)} MB above it (bound ${boundMb} MB), Node ${process.version}\n`,
  );
  if (above > boundMb) process.exitCode = 1;
} finally {
  facade.kill('SIGTERM');
}
