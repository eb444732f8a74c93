/** The real processes, over loopback. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { nodeFlags } from '../../src/node-flags.ts';
import { build, buildOutput, type RunningFacade, startByCommand, startFacade } from './running-facade.ts';

const running: RunningFacade[] = [];
const start = (environment?: Readonly<Record<string, string>>) => {
  const facade = startFacade(environment);
  running.push(facade);
  return facade;
};
const sendRequest = async (url: string, query: string, headers: Readonly<Record<string, string>> = {}) =>
  (
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    })
  ).json();

beforeAll(build);
afterEach(() => {
  for (const { process: child } of running.splice(0)) child.kill('SIGKILL');
});

describe('the facade with its sandbox', () => {
  it('starts, says where and with what, answers, and leaves nothing behind', async () => {
    const facade = start();
    const url = (await facade.said(/GraphiQL +(http:\S+\/graphql)/))[1] as string;
    expect(facade.output()).toContain('Bp Site ID      1001');
    expect(facade.output()).toContain('HALO_ENVIRONMENT=staging');
    const { data } = await sendRequest(
      url,
      '{ practice(bpSiteId: "1001") { ... on Practice { name site { ... on Site { availability } } } } }',
    );
    expect(data.practice).toMatchObject({
      name: 'Sandbox Wattle Practice',
      site: { availability: 'ONLINE' },
    });
    expect((await fetch(new URL('/health', url))).status).toBe(200);

    const children = childrenOf(facade);
    expect(children.length).toBe(1);
    facade.process.kill('SIGINT');
    expect(await facade.ended()).toBe(0);
    for (const pid of children) await gone(pid);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('prints what a newcomer needs, and nothing of the build', async () => {
    expect(buildOutput()).toBe('');
    const facade = start();
    await facade.said(/Ctrl-C stops everything/);
    const lines = facade.output().trim().split('\n');
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines.filter((line) => line.startsWith('{'))).toEqual([]);
  });

  it('part 6, part 9: names a variable that is probably a typo, and Node 20', async () => {
    const facade = start({ HALO_SUBSCRIPTON_KEY: 'not-for-output' });
    await facade.said(/Ctrl-C stops everything/);
    expect(facade.output()).toContain('Did you mean HALO_SUBSCRIPTION_KEY?');
    expect(facade.output()).not.toContain('not-for-output');
    const isOld = process.version.startsWith('v20.');
    expect(facade.output().includes('has had no security updates')).toBe(isOld);
  });

  it('takes its sandbox along when it is killed', async () => {
    const facade = start();
    await facade.said(/GraphiQL/);
    const children = childrenOf(facade);
    facade.process.kill('SIGKILL');
    await facade.ended();
    for (const pid of children) await gone(pid);
  });

  it('F4: halo-graph start gives the server the flags of npm start, and passes signals and the exit code on', async () => {
    const command = startByCommand({}, ['--import', 'data:text/javascript,']);
    running.push(command);
    await command.said(/GraphiQL/);
    const [server = 0] = childrenOf(command);
    expect(readFileSync(`/proc/${server}/cmdline`, 'utf8').split('\0')).toEqual(
      expect.arrayContaining([...nodeFlags, '--import', 'data:text/javascript,']),
    );
    command.process.kill('SIGTERM');
    expect(await command.ended()).toBe(0);
    await gone(server);
    const wrong = startByCommand({ HALO_ENVIRONMENT: 'staging' });
    expect(await wrong.ended()).toBe(2);
  });

  it('exits with 2, as for any wrong configuration, when a file that it names cannot be used', async () => {
    const facade = start({ API_KEYS_FILE: '/nowhere/keys.json' });
    expect(await facade.ended()).toBe(2);
    expect(facade.output()).toContain('API_KEYS_FILE');
  });

  it('F4: a server that halo-graph start has started ends with it', async () => {
    const command = startByCommand();
    running.push(command);
    await command.said(/GraphiQL/);
    const [server = 0] = childrenOf(command);
    command.process.kill('SIGKILL');
    await command.ended();
    await gone(server);
  });

  it('I11: ends with exit code 1 when its standard output is closed', async () => {
    const facade = start();
    const url = (await facade.said(/GraphiQL +(http:\S+\/graphql)/))[1] as string;
    const children = childrenOf(facade);
    facade.process.stdout?.destroy();
    await sendRequest(url, '{ viewer { name } }').catch(() => {});
    expect(await facade.ended()).toBe(1);
    for (const pid of children) await gone(pid);
  });

  it('F1: the audit trail is in its file when the answer is there, and survives SIGKILL, without any log', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'halo-graph-')), 'audit.log');
    const facade = start({ LOG_LEVEL: 'silent', AUDIT_FILE: path });
    const url = (await facade.said(/GraphiQL +(http:\S+\/graphql)/))[1] as string;
    await sendRequest(
      url,
      '{ practice(bpSiteId: "1001") { ... on Practice { patients(search: { name: "s" }) { __typename } } } }',
    );
    facade.process.kill('SIGKILL');
    await facade.ended();
    expect(readFileSync(path, 'utf8')).toMatch(/"kind":"PATIENTS".*"msg":"patient data"/);
    expect(facade.output()).not.toContain('patient data');
  });

  it('F1: does not start where the audit trail cannot be written', async () => {
    const facade = start({ AUDIT_FILE: '/nowhere/audit.log' });
    expect(await facade.ended()).toBe(2);
    expect(facade.output()).toContain('AUDIT_FILE: cannot write /nowhere/audit.log (ENOENT).');
  });

  it('says so in one line when its port is taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const { port } = blocker.address() as AddressInfo;
    const facade = start({ PORT: String(port) });
    expect(await facade.ended()).toBe(1);
    expect(facade.output()).toContain(`Port ${port} on 127.0.0.1 is taken.`);
    expect(facade.output()).not.toContain('    at ');
    blocker.close();
  });
});

describe('outside the sandbox', () => {
  it('does not start without a key, and says what is missing', async () => {
    const facade = start({ HALO_ENVIRONMENT: 'staging' });
    expect(await facade.ended()).toBe(2);
    expect(facade.output()).toContain('HALO_SUBSCRIPTION_KEY');
  });

  it('starts while Halo Cloud is down, and says so in the answer', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'halo-graph-'));
    const apiKeys = join(folder, 'api-keys.json');
    const sha256 = createHash('sha256').update('synthetic-api-key').digest('hex');
    const scopes = ['sites:read'];
    writeFileSync(apiKeys, JSON.stringify([{ name: 'synthetic', sha256, scopes, practices: ['*'] }]));
    const facade = start({
      HALO_ENVIRONMENT: 'production',
      HALO_SUBSCRIPTION_KEY: 'a-key-that-must-not-be-seen',
      HALO_BASE_URL: 'http://127.0.0.1:9',
      API_KEYS_FILE: apiKeys,
      DRAIN_NOTICE_MS: '0',
    });
    const url = (await facade.said(/"url":"(http:[^"]+)"/))[1] as string;
    const answer = await sendRequest(
      url,
      '{ practice(bpSiteId: "1") { __typename ... on HaloError { code message } } viewer { environment } }',
      { authorization: 'Bearer synthetic-api-key' },
    );
    expect(answer.data).toMatchObject({
      practice: { __typename: 'UpstreamFailed', code: 'UPSTREAM_FAILED' },
      viewer: { environment: 'PRODUCTION' },
    });
    facade.process.kill('SIGTERM');
    expect(await facade.ended()).toBe(0);
    // Two deployments of this name would cancel each other's registered queries.
    expect(facade.output()).toContain('LIVE_DEPLOYMENT is \\"default\\"');
    expect(facade.output()).not.toContain('a-key-that-must-not-be-seen');
    rmSync(folder, { recursive: true });
  });
});

/** By `ps`, which Linux and macOS have alike. */
function childrenOf({ process: child }: RunningFacade): readonly number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, command]) => parent === String(child.pid) && command !== 'ps')
    .map(([pid]) => Number(pid));
}

/** Resolves when no such process is left. */
async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Process ${pid} is still there.`);
}
