/** The README's examples work together. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createApiKeys } from '../../src/auth/api-keys.ts';
import { createAuthenticator } from '../../src/auth/authenticator.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { openFacade } from '../open-facade.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
/** The first block of code after a sentence. */
const after = (words: string, language: string): string =>
  new RegExp(`${words}[\\s\\S]*?\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ??
  `nothing after ${words}`;

const folder = mkdtempSync(join(tmpdir(), 'halo-graph-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const key = 'synthetic-key-of-the-readme';
const sha256 = createHash('sha256').update(key).digest('hex');
const keysText = after('holds the\nSHA-256', 'json').replace('<hex of the key>', sha256);
const practicesText = after('records what you noted', 'json');

test("E11: the README's API key may run the README's queries", async () => {
  const apiKeys = createApiKeys({ path: file('api-keys.json', keysText), log: createLog('silent') });
  const facade = openFacade({ authenticate: createAuthenticator({ apiKeys }) });
  const headers = { authorization: `Bearer ${key}` };
  const first = await facade.execute(after('rather write this', 'graphql'), {}, headers);
  expect(first.errors).toBeUndefined();
  expect(first.data.viewer.practice.appointmentsConnection.nodes).toHaveLength(3);
  const [, curl = ''] = /-d '(\{[\s\S]*?\})'/.exec(after('From a shell', 'sh')) ?? [];
  const { query } = JSON.parse(curl.replaceAll('\n', ' ')) as { query: string };
  const { errors, data } = await facade.execute(query, {}, headers);
  expect(errors).toBeUndefined();
  const answered = JSON.parse(/"data":(\{.*?\}\})/.exec(after('From a shell', 'json'))?.[1] ?? '');
  expect(data).toEqual(answered);
  apiKeys.close();
  await facade.close();
});

test("E11: the README's files are taken together, and the key names its practice", () => {
  const variables = /HALO_ENVIRONMENT=staging[^`]*/.exec(readme)?.[0] ?? '';
  for (const name of ['HALO_SUBSCRIPTION_KEY_FILE', 'PRACTICES_FILE', 'API_KEYS_FILE'])
    expect(variables).toContain(name);
  const config = readConfig({
    HALO_ENVIRONMENT: 'staging',
    HALO_SUBSCRIPTION_KEY_FILE: file('halo', 'synthetic\n'),
    PRACTICES_FILE: file('practices.json', practicesText),
    API_KEYS_FILE: file('api-keys.json', keysText),
  });
  const [{ practices }] = JSON.parse(keysText) as [{ practices: string[] }];
  for (const { bpSiteId } of config.practices) expect(practices).toContain(bpSiteId);
});
