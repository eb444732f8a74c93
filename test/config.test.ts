import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'halo-graph-config-'));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const faultsOf = (environment: Record<string, string>): string => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
};
const staging = {
  HALO_ENVIRONMENT: 'staging',
  HALO_SUBSCRIPTION_KEY: 'a-key',
  API_KEYS_FILE: '/run/secrets/api-keys.json',
};

describe('the environment', () => {
  it('needs nothing: the sandbox on 127.0.0.1:4000', () => {
    expect(readConfig({})).toEqual({
      environment: 'sandbox',
      baseUrl: undefined,
      subscriptionKey: undefined,
      source: 'auto',
      failover: 'replay',
      assumedWrites: true,
      jwt: undefined,
      apiKeysFile: undefined,
      deadlineMs: 30_000,
      referenceSeconds: 300,
      fastPath: true,
      drainNoticeMs: 0,
      practices: [],
      host: '127.0.0.1',
      port: 4000,
      redisUrl: undefined,
      limits: {
        perMinute: 6_000,
        burst: 600,
        concurrent: 100,
        charged: 500,
        subscriptions: 1_000,
        subscriptionsTotal: 10_000,
      },
      live: { source: 'auto', pollSeconds: 60, statusSeconds: 10, graceSeconds: 30, deployment: 'default' },
      graphiql: true,
      introspection: true,
      corsOrigins: [],
      corsHeaders: [],
      proxies: { http: undefined, https: undefined, except: undefined },
      persistedOperations: undefined,
      logLevel: 'info',
    });
  });

  it('E8: takes the proxies in upper or lower case, the latter first, and says what is wrong without the value', () => {
    expect(
      readConfig({
        HTTPS_PROXY: 'http://upper.test:1',
        https_proxy: 'http://user:secret@lower.test:2',
        HTTP_PROXY: 'proxy.test:3128',
        no_proxy: 'localhost,.internal',
      }).proxies,
    ).toEqual({
      https: 'http://user:secret@lower.test:2',
      http: 'http://proxy.test:3128',
      except: 'localhost,.internal',
    });
    for (const wrong of [
      'socks5://secret.test',
      'http://',
      'http://secret.test/path',
      'http://%zz@secret.test',
    ]) {
      const faults = faultsOf({ HTTPS_PROXY: wrong });
      expect(faults).toContain('HTTPS_PROXY');
      expect(faults).not.toContain('secret');
    }
  });

  it('E6: takes names of headers for pages of other origins', () => {
    expect(readConfig({ CORS_HEADERS: 'X-App-Version, baggage' }).corsHeaders).toEqual([
      'x-app-version',
      'baggage',
    ]);
    for (const wrong of ['*', 'two words', 'colon:', 'new\nline: x'])
      expect(faultsOf({ CORS_HEADERS: wrong })).toContain('CORS_HEADERS');
  });

  it('takes an empty variable for an unset one', () => {
    expect(readConfig({ PORT: '', HALO_SOURCE: ' ', HALO_DEADLINE_MS: '', HALO_BASE_URL: '' })).toEqual(
      readConfig({}),
    );
  });

  it('selects the base URL, which HALO_BASE_URL replaces', () => {
    expect(readConfig(staging).baseUrl).toBe('https://api.stage.haloconnect.io');
    expect(readConfig({ ...staging, HALO_ENVIRONMENT: 'production' }).baseUrl).toBe(
      'https://api.haloconnect.io',
    );
    expect(readConfig({ HALO_BASE_URL: 'http://127.0.0.1:9/' }).baseUrl).toBe('http://127.0.0.1:9');
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['HALO_DEADLINE_MS', '0'],
    ['HALO_DEADLINE_MS', 'NaN'],
    ['HALO_REFERENCE_SECONDS', '-1'],
    ['HALO_REFERENCE_SECONDS', '86401'],
    ['HALO_SOURCE', 'fhir'],
    ['HALO_FAILOVER', 'yes'],
    ['HALO_ENVIRONMENT', 'prod'],
    ['HALO_BASE_URL', 'api.haloconnect.io'],
    ['HALO_BASE_URL', 'ftp://127.0.0.1'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s stops the start and is named', (variable, value) => {
    expect(faultsOf({ [variable]: value })).toMatch(new RegExp(`^${variable}: `));
  });

  it('drains for 5 s outside the sandbox, unless configured', () => {
    expect(readConfig(staging).drainNoticeMs).toBe(5_000);
    expect(readConfig({ DRAIN_NOTICE_MS: '250' }).drainNoticeMs).toBe(250);
  });

  it('names every fault at once', () => {
    expect(faultsOf({ PORT: 'x', HALO_SOURCE: 'y' }).split('\n')).toHaveLength(2);
  });
});

describe('REDIS_URL', () => {
  it.each([
    'redis://127.0.0.1:6379',
    'rediss://name:p%40ss@redis.example.test:6380/2',
    'redis://:word@[::1]/',
  ])('%s is accepted', (REDIS_URL) => {
    expect(readConfig({ REDIS_URL }).redisUrl).toBe(REDIS_URL);
  });

  it.each([
    'sec-ret',
    'http://:sec-ret@redis.example.test',
    'redis://:sec-ret@',
    'redis://:sec-ret@redis.example.test/name',
    'redis://:sec-ret%@redis.example.test',
  ])('%s stops the start, and is not repeated', (REDIS_URL) => {
    const faults = faultsOf({ REDIS_URL });
    expect(faults).toMatch(/^REDIS_URL: must be a redis:/);
    expect(faults).not.toContain('sec-ret');
  });
});

describe('outside the sandbox', () => {
  it('needs a subscription key, from the environment or a file', () => {
    expect(faultsOf({ HALO_ENVIRONMENT: 'staging' })).toContain('HALO_SUBSCRIPTION_KEY');
    const path = file('key', ' the-key\n');
    expect(
      readConfig({ ...staging, HALO_SUBSCRIPTION_KEY: '', HALO_SUBSCRIPTION_KEY_FILE: path }).subscriptionKey,
    ).toBe('the-key');
    expect(faultsOf({ HALO_ENVIRONMENT: 'staging', HALO_SUBSCRIPTION_KEY_FILE: '/none' })).toContain(
      'ENOENT',
    );
  });

  it('sends key and patients over TLS only', () => {
    expect(faultsOf({ ...staging, HALO_BASE_URL: 'http://api.haloconnect.io' })).toContain('must be https');
    expect(faultsOf({ ...staging, HALO_BASE_URL: 'http://127.0.0.1:9' })).toBe('');
  });

  it('refuses a key that is invalid in a header, without printing it', () => {
    const faults = faultsOf({ ...staging, HALO_SUBSCRIPTION_KEY: 'first-line\nsecond-line' });
    expect(faults).toContain('HALO_SUBSCRIPTION_KEY');
    expect(faults).not.toContain('-line');
  });

  it('exposes less in production, unless configured', () => {
    const production = { ...staging, HALO_ENVIRONMENT: 'production' };
    expect(readConfig(staging)).toMatchObject({ graphiql: true, introspection: true });
    expect(readConfig(production)).toMatchObject({ graphiql: false, introspection: false });
    expect(readConfig({ ...production, GRAPHIQL: 'true', INTROSPECTION: 'true' })).toMatchObject({
      graphiql: true,
      introspection: true,
    });
  });

  it('accepts origins only', () => {
    const origins = 'https://app.example, http://localhost:5173';
    expect(readConfig({ CORS_ORIGINS: origins }).corsOrigins).toEqual(origins.split(', '));
    for (const wrong of ['*', 'app.example', 'https://app.example/', 'https://app.example/path']) {
      expect(faultsOf({ CORS_ORIGINS: wrong })).toContain('CORS_ORIGINS');
    }
  });

  it('reads persisted operations, and requires them when only they are allowed', () => {
    const path = file('operations.json', '{}');
    expect(readConfig({ PERSISTED_OPERATIONS_FILE: path }).persistedOperations).toEqual({
      text: '{}',
      only: false,
    });
    expect(faultsOf({ PERSISTED_OPERATIONS_ONLY: 'true' })).toContain('PERSISTED_OPERATIONS_FILE');
    expect(faultsOf({ PERSISTED_OPERATIONS_FILE: '/none' })).toContain('ENOENT');
  });

  it('requires authentication settings outside the sandbox', () => {
    const { API_KEYS_FILE: _, ...open } = staging;
    const jwt = {
      AUTH_JWKS_URL: 'https://id.example/jwks',
      AUTH_ISSUER: 'https://id.example',
      AUTH_AUDIENCE: 'halo',
    };
    expect(faultsOf(open)).toContain('API_KEYS_FILE');
    expect(faultsOf({ HALO_BASE_URL: 'https://api.haloconnect.io' })).toContain('API_KEYS_FILE');
    expect(faultsOf({ ...staging, HOST: '0.0.0.0' })).toBe('');
    expect(readConfig({ ...open, ...jwt }).jwt).toEqual({
      jwksUrl: 'https://id.example/jwks',
      issuer: 'https://id.example',
      audience: 'halo',
    });
    expect(faultsOf({ ...open, ...jwt, AUTH_AUDIENCE: '' })).toContain('set all three or none');
    expect(faultsOf({ ...staging, AUTH_ISSUER: 'https://id.example' })).toContain('set all three or none');
    expect(faultsOf({ ...open, ...jwt, AUTH_JWKS_URL: 'http://id.example/jwks' })).toContain('must be https');
    expect(faultsOf({ ...open, ...jwt, AUTH_JWKS_URL: 'http://127.0.0.1:9/jwks' })).toBe('');
  });
});

describe('PRACTICES_FILE', () => {
  const read = (text: string) => ({ PRACTICES_FILE: file('practices.json', text) });

  it('records practices', () => {
    const practices = [{ bpSiteId: '1001', name: 'Sandbox Wattle Practice', timeZone: 'Australia/Sydney' }];
    expect(readConfig(read(JSON.stringify(practices))).practices).toEqual(practices);
  });

  it.each([
    ['not JSON', '{', 'is not JSON'],
    ['no list', '{}', 'expected array'],
    ['no id', '[{"name":"x"}]', '0.bpSiteId'],
    ['an unknown zone', '[{"bpSiteId":"1","timeZone":"Sydney"}]', '0.timeZone'],
    [
      'an unknown override',
      '[{"bpSiteId":"1"},{"bpSiteId":"2","codeOverrides":{"sexTexts":{}}}]',
      '1.codeOverrides: Unrecognized key: "sexTexts"',
    ],
    ['an unknown setting', '[{"bpSiteId":"1","timezone":"x"}]', '0: Unrecognized key: "timezone"'],
    [
      'an override of an unknown status',
      '[{"bpSiteId":"1","codeOverrides":{"appointmentStatuses":{"14":"DONE"}}}]',
      '0.codeOverrides.appointmentStatuses.14',
    ],
    [
      'an override of a code that is no number',
      '[{"bpSiteId":"1","codeOverrides":{"userStatuses":{"four":"ACTIVE"}}}]',
      '0.codeOverrides.userStatuses.four',
    ],
    [
      'a second spelling of an assumed code, which would have two meanings',
      '[{"bpSiteId":"1","codeOverrides":{"appointmentStatuses":{"01":"BLOCKED"}}}]',
      '0.codeOverrides.appointmentStatuses.01',
    ],
    [
      'a second spelling of zero',
      '[{"bpSiteId":"1","codeOverrides":{"appointmentStatuses":{"-0":"BOOKED"}}}]',
      '0.codeOverrides.appointmentStatuses.-0',
    ],
    [
      'live statuses without the current one',
      '[{"bpSiteId":"1","codeOverrides":{"liveRecordStatuses":[4]}}]',
      '0.codeOverrides.liveRecordStatuses: must contain 1',
    ],
    [
      'a removed status that is the current one',
      '[{"bpSiteId":"1","codeOverrides":{"removedRecordStatus":1}}]',
      '0.codeOverrides.removedRecordStatus: must not be 1',
    ],
    [
      'an unknown unit',
      '[{"bpSiteId":"1","codeOverrides":{"appointmentTypeLengthUnit":"hours"}}]',
      '0.codeOverrides.appointmentTypeLengthUnit',
    ],
    ['a malformed GUID', '[{"bpSiteId":"1","haloGuid":"x"}]', '0.haloGuid'],
    ['a misspelt key', '[{"bpSiteId":"1","tz":"x"}]', 'tz'],
    ['one id twice', '[{"bpSiteId":"1"},{"bpSiteId":" 1 "}]', 'twice'],
    [
      'one GUID at two practices',
      JSON.stringify([
        { bpSiteId: '1', haloGuid: '5a4db0c5-0000-4000-8000-00000000000a' },
        { bpSiteId: '2', haloGuid: '5A4DB0C5-0000-4000-8000-00000000000A' },
      ]),
      'two practices',
    ],
  ])('%s is refused', (_, text, words) => {
    expect(faultsOf(read(text))).toContain(words);
  });
});
