/** The command line, as real processes. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { defaultKey } from '../../sandbox/server/start.ts';
import { build, outDir } from '../e2e/running-facade.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { HALO_ENVIRONMENT: _, HALO_SUBSCRIPTION_KEY: __, HALO_BASE_URL: ___, ...inherited } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [`${outDir}/src/cli/main.js`, ...args],
      { cwd: root, env: { ...inherited, ...environment } },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

beforeAll(build);

describe('halo-graph check', () => {
  it('checks practice 1001 of a sandbox of its own, and leaves nothing running', async () => {
    const { code, stdout, stderr } = await run(['check']);
    expect(stderr).toBe('');
    expect(stdout).toContain('Sandbox Wattle Practice');
    expect(stdout).toContain('1 of them charged. All right.');
    expect(code).toBe(0);
  });

  it('exits with 1 when there is something to fix; --json has the same findings', async () => {
    const { code, stdout } = await run(['check', '1007', '--json'], {
      HALO_BASE_URL: inject('sandboxUrl'),
      HALO_SUBSCRIPTION_KEY: defaultKey,
    });
    expect(code).toBe(1);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ allRight: false, practices: [{ bpSiteId: '1007' }] });
    expect(stdout).not.toContain(defaultKey);
  });

  it('exits with 2 when the configuration is wrong, and names it', async () => {
    const { code, stdout, stderr } = await run(['check'], { HALO_ENVIRONMENT: 'staging' });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('HALO_SUBSCRIPTION_KEY');
  });
});

describe('halo-graph', () => {
  it('part 6: check refuses a variable that is probably a typo', async () => {
    const { code, stderr } = await run(['check'], { HALO_ENVIROMENT: 'staging' });
    expect(code).toBe(2);
    expect(stderr).toContain('HALO_ENVIROMENT: there is no such variable. Did you mean HALO_ENVIRONMENT?');
    expect(stderr).not.toContain('staging');
  });

  it('prints the schema as it is committed', async () => {
    const { code, stdout } = await run(['schema']);
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(`${root}/schema.graphql`, 'utf8'));
  });

  it('prints its usage with --help', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('halo-graph <command>');
  });
});
