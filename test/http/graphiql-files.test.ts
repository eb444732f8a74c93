/** The page of GraphiQL and its files, as a browser fetches them. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const { yoga } = fakeHalo();
const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  yoga.fetch(`http://localhost${path}`, { method, headers });
const page = async () => get('/graphql', { accept: 'text/html' });
/** The addresses in the page, as a browser resolves them. */
const filesOf = (html: string): readonly string[] =>
  [...html.matchAll(/(?:src|href)="(?!data:)([^"]+)"/g)].map(
    ([, address = '']) => new URL(address, 'http://localhost/graphql').pathname,
  );

test('the page is small, and lets in nothing but this server', async () => {
  const response = await page();
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval|blob:/);
  const html = await response.text();
  expect(html.length).toBeLessThan(20_000);
  expect(html).not.toMatch(/https?:\/\//);
  // A script without an address would be inline.
  expect(html.match(/<script(?![^>]*(src=|type="application\/json"))/)).toBeNull();
});

test('its files can be cached for ever, by names that hold a hash', async () => {
  const files = filesOf(await (await page()).text());
  expect(files.length).toBeGreaterThan(1);
  for (const path of files) {
    expect(path).toMatch(/^\/graphql\/assets\/[\w.-]+-[\w-]{8}\.(js|css)$/);
    const response = await get(path);
    expect(response.status, path).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-type')).toMatch(/^text\/(javascript|css); charset=utf-8$/);
  }
});

describe('compression', () => {
  test.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=0.5', 'gzip'],
    ['identity', null],
    ['', null],
  ])('%s: %s', async (accepted, encoding) => {
    const [path = ''] = filesOf(await (await page()).text());
    const plain = Buffer.from(await (await get(path)).arrayBuffer());
    const response = await get(path, { 'accept-encoding': accepted });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('vary')).toBe('accept-encoding');
    const body = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-length')).toBe(String(body.byteLength));
    const decoded =
      encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body;
    expect(decoded.equals(plain)).toBe(true);
  });
});

test.each([
  '/graphql/assets/none-12345678.js',
  '/graphql/assets/..%2findex.html',
  '/graphql/assets/..%2f..%2f..%2fpackage.json',
  '/graphql/assets/%2e%2e/digest',
  '/graphql/assets/',
  '/graphql/assets/.js',
])('%s is not there', async (path) => {
  expect((await get(path)).status).toBe(404);
});

test('HEAD has the headers alone, and a server without GraphiQL has no files', async () => {
  const [path = ''] = filesOf(await (await page()).text());
  const head = await get(path, {}, 'HEAD');
  expect([head.status, await head.text()]).toEqual([200, '']);
  const { yoga: without } = fakeHalo({ server: { graphiql: false } });
  expect((await without.fetch(`http://localhost${path}`)).status).toBe(404);
});
