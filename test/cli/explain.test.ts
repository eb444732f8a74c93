import { describe, expect, it } from 'vitest';
import { explain } from '../../src/cli/check/explain.ts';
import { knownFaults } from '../../src/cli/check/halo-link-versions.ts';
import { QueryTimedOut, UpstreamFailed } from '../../src/errors.ts';

const place = {
  environment: 'production',
  baseUrl: 'https://halo.test',
  proxy: null,
  deadlineMs: 30_000,
  bpSiteId: null,
  keys: 1,
} as const;

describe('a connection that fails', () => {
  it.each([
    ['EAI_AGAIN', 'cannot be resolved', 'DNS'],
    ['UND_ERR_CONNECT_TIMEOUT', 'cannot connect', 'Network'],
    ['CERT_HAS_EXPIRED', 'not valid now', 'Clock'],
    ['CERT_NOT_YET_VALID', 'not valid now', 'Clock'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'not trusted', 'NODE_EXTRA_CA_CERTS'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'not trusted', 'NODE_EXTRA_CA_CERTS'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'not trusted', 'NODE_EXTRA_CA_CERTS'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'not trusted', 'HALO_BASE_URL'],
    ['UND_ERR_SOCKET', 'did not answer', 'proxy'],
  ])('%s: %s, look at %s', (code, said, fix) => {
    const outcome = explain(new UpstreamFailed(null, { detail: `connection failed: ${code}` }), place);
    expect(outcome.said).toContain(said);
    expect(outcome.said).toContain(code);
    expect(outcome.fix).toContain(fix);
  });
});

it.each(['ECONNREFUSED', 'PROXY_407', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT'])(
  'E8: a connection that fails on the way to or in the proxy names the proxy: %s',
  (code) => {
    const failure = new UpstreamFailed(null, { detail: `connection failed: ${code}` });
    const { said, fix } = explain(failure, { ...place, proxy: 'http://proxy.test:3128' });
    expect(said).toBe(
      `This machine cannot connect to halo.test through the proxy http://proxy.test:3128 (${code}).`,
    );
    expect(fix).toContain('HTTPS_PROXY');
  },
);

it('names the deadline that a practice did not keep', () => {
  expect(explain(new QueryTimedOut(), place).said).toContain('HALO_DEADLINE_MS=30000');
});

it('does not hide a mistake of its own', () => {
  expect(() => explain(new TypeError('a mistake'), place)).toThrow('a mistake');
});

describe('known faults of Halo Link', () => {
  it.each([
    ['24.527.2795.0', 4],
    ['25.1210.7668', 4],
    ['25.1210.7669.0', 3],
    ['26.0202.8289', 2],
    ['26.407.1', 1],
    ['26.518', 0],
    ['26.713.10445.0', 0],
    ['not a version', 0],
  ])('of %s: %i', (version, count) => {
    expect(knownFaults(version).length).toBe(count);
  });
});
