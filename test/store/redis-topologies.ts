/** Redis as it is operated in production: Sentinel and Cluster, with the user of docs/operations.md, on the loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import calculateSlot from 'cluster-key-slot';
import { Redis, type RedisOptions } from 'ioredis';
import { freePort } from '../free-port.ts';
import { type Certificates, makeCertificates } from './redis-certificates.ts';
import { type RedisServer, redisProgram, saysReady, startRedisOn } from './redis-server.ts';

const adminPassword = 'synthetic-admin-password';
const userPassword = 'synthetic-user-password';
const sentinelPassword = 'synthetic-sentinel-password';
export const passwords = [adminPassword, userPassword, sentinelPassword];

/** The user as the operators' page creates it. */
function documentedUser(): readonly string[] {
  const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const [, rules = ''] = /`ACL SETUSER halo-graph ([^`]+)`/.exec(page) ?? [];
  return ['--user', 'halo-graph', ...rules.replace('>…', `>${userPassword}`).split(' ')];
}

export interface Topology {
  /** For REDIS_URL. */
  readonly url: string;
  /** Where it talks TLS. */
  readonly certificates: Certificates | null;
  /** The servers that have this key now: the primary, then its replicas. */
  serversOf(key: string): Promise<readonly [RedisServer, ...RedisServer[]]>;
  close(): Promise<void>;
}

interface Folder {
  readonly path: string;
  readonly certificates: Certificates | null;
}

function openFolder(tls: boolean): Folder {
  const path = mkdtempSync(join(tmpdir(), 'halo-graph-redis-'));
  return { path, certificates: tls ? makeCertificates(path) : null };
}

function startNode(folder: Folder, port: number, options: readonly string[]): Promise<RedisServer> {
  const own = ['--requirepass', adminPassword, '--masterauth', adminPassword, '--dir', folder.path];
  const all = [...(folder.certificates?.options ?? []), ...own, ...documentedUser(), ...options];
  return startRedisOn(port, all, folder.certificates ? '--tls-port' : '--port');
}

/** The administrator's connection to a server. */
function openAdmin({ certificates }: Folder, port: number, options: RedisOptions = {}): Redis {
  const admin = new Redis({
    ...{ host: '127.0.0.1', port, password: adminPassword, maxRetriesPerRequest: 1 },
    ...(certificates && { tls: { ca: readFileSync(certificates.authority) } }),
    ...options,
  });
  admin.on('error', () => {});
  return admin;
}

async function withAdmin<T>(admin: Redis, use: (admin: Redis) => Promise<T>): Promise<T> {
  try {
    return await use(admin);
  } finally {
    admin.disconnect();
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 30_000;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > end) throw new Error('Redis does not get ready.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** One primary, two replicas, three sentinels. */
export async function startSentinel({ tls = false } = {}): Promise<Topology> {
  const folder = openFolder(tls);
  const ports = await Promise.all(Array.from({ length: 6 }, freePort));
  const [primary = 0] = ports;
  const servers = [await startNode(folder, primary, [])];
  for (const port of ports.slice(1, 3)) {
    servers.push(
      await startNode(folder, port, [
        '--replicaof',
        '127.0.0.1',
        String(primary),
        '--repl-diskless-sync-delay',
        '0',
      ]),
    );
  }
  const sentinels: ChildProcess[] = [];
  const sentinelPorts = ports.slice(3);
  for (const port of sentinelPorts) {
    const file = join(folder.path, `sentinel-${port}.conf`);
    const lines = [
      tls ? `tls-port ${port}` : `port ${port}`,
      'bind 127.0.0.1',
      `dir ${folder.path}`,
      `requirepass ${sentinelPassword}`,
      `sentinel sentinel-pass ${sentinelPassword}`,
      `sentinel monitor halo 127.0.0.1 ${primary} 2`,
      `sentinel auth-pass halo ${adminPassword}`,
      'sentinel down-after-milliseconds halo 2500',
      'sentinel failover-timeout halo 6000',
      ...pairsOf(folder.certificates?.options ?? []),
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    const sentinel = spawn(redisProgram ?? 'redis-server', [file, '--sentinel'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await saysReady(sentinel);
    sentinels.push(sentinel);
    // A busy machine would put it into TILT, half a minute without a failover. Redis before 7 has no such command.
    const pace = [
      'TILT-TRIGGER',
      60_000,
      'PUBLISH-PERIOD',
      300,
      'INFO-PERIOD',
      500,
      'ELECTION-TIMEOUT',
      2_000,
    ];
    await withAdmin(openAdmin(folder, port, { password: sentinelPassword }), (each) =>
      each.call('SENTINEL', 'DEBUG', ...pace).catch(() => {}),
    );
  }
  const [sentinelPort = 0] = sentinelPorts;
  const withSentinel = <T>(use: (sentinel: Redis) => Promise<T>, port = sentinelPort) =>
    withAdmin(openAdmin(folder, port, { password: sentinelPassword }), use);
  /** Knows the others and both replicas. One that does not, and is elected, fails over to none. */
  const isReady = (port: number) =>
    withSentinel(async (each) => {
      const fields = (await each.call('SENTINEL', 'MASTER', 'halo')) as string[];
      const replicas = (await each.call('SENTINEL', 'REPLICAS', 'halo')) as string[][];
      const linked = replicas.filter((replica) => of(replica, 'master-link-status') === 'ok');
      return of(fields, 'num-other-sentinels') === '2' && linked.length === 2;
    }, port);
  const of = (fields: readonly string[], name: string) => fields[fields.indexOf(name) + 1];
  await until(async () => (await Promise.all(sentinelPorts.map(isReady))).every(Boolean));
  await until(async () =>
    /slave0:.*state=online[\s\S]*slave1:.*state=online/.test(
      await withAdmin(openAdmin(folder, primary), (each) => each.info()),
    ),
  );
  return {
    url: `redis${tls ? 's' : ''}+sentinel://halo-graph:${userPassword}@${sentinelPorts
      .map((port) => `127.0.0.1:${port}`)
      .join(',')}/halo?sentinel_password=${sentinelPassword}`,
    certificates: folder.certificates,
    async serversOf() {
      const [, port] = await withSentinel(
        (each) => each.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'halo') as Promise<string[]>,
      );
      const isPrimary = (server: RedisServer) => server.port === Number(port);
      return [...servers.filter(isPrimary), ...servers.filter((server) => !isPrimary(server))] as [
        RedisServer,
      ];
    },
    async close() {
      for (const sentinel of sentinels) sentinel.kill('SIGKILL');
      await Promise.all(servers.map((server) => server.kill()));
      rmSync(folder.path, { recursive: true, force: true });
    },
  };
}

/** Three primaries, each with a replica. */
export async function startCluster({ tls = false } = {}): Promise<Topology> {
  const folder = openFolder(tls);
  const ports = await Promise.all(Array.from({ length: 6 }, freePort));
  const servers = await Promise.all(
    ports.map((port) =>
      startNode(folder, port, [
        ...['--cluster-enabled', 'yes', '--cluster-config-file', `nodes-${port}.conf`],
        ...['--cluster-node-timeout', '2500', '--repl-diskless-sync-delay', '0'],
      ]),
    ),
  );
  const admins = ports.map((port) => openAdmin(folder, port));
  const [first] = admins as [Redis];
  const bounds = [0, 5_461, 10_923, 16_384];
  for (const [at, admin] of admins.entries()) {
    await admin.call('CLUSTER', 'SET-CONFIG-EPOCH', at + 1);
    if (at < 3) await admin.call('CLUSTER', 'ADDSLOTSRANGE', bounds[at] ?? 0, (bounds[at + 1] ?? 0) - 1);
    if (admin !== first) await first.call('CLUSTER', 'MEET', '127.0.0.1', ports[at] ?? 0);
  }
  const ids = await Promise.all(admins.map((admin) => admin.call('CLUSTER', 'MYID')));
  for (const at of [0, 1, 2]) {
    await until(async () => (await admins[at + 3]?.call('CLUSTER', 'REPLICATE', String(ids[at]))) === 'OK');
  }
  const isReady = async (admin: Redis) => {
    const state = String(await admin.call('CLUSTER', 'INFO'));
    const slots = (await admin.call('CLUSTER', 'SLOTS')) as unknown[][];
    return (
      state.includes('cluster_state:ok') && slots.length === 3 && slots.every((range) => range.length === 4)
    );
  };
  await until(async () => (await Promise.all(admins.map(isReady))).every(Boolean));
  await until(async () =>
    (await Promise.all(admins.slice(3).map((admin) => admin.info()))).every((text) =>
      text.includes('master_link_status:up'),
    ),
  );
  return {
    url: `redis${tls ? 's' : ''}+cluster://halo-graph:${userPassword}@${ports
      .slice(0, 3)
      .map((port) => `127.0.0.1:${port}`)
      .join(',')}`,
    certificates: folder.certificates,
    async serversOf(key) {
      const slot = calculateSlot(key);
      const slots = (admin: Redis) =>
        admin.call('CLUSTER', 'SLOTS') as Promise<[number, number, ...[string, number][]][]>;
      const ranges = await Promise.any(admins.map(slots));
      const [, , ...nodes] = ranges.find(([from, to]) => from <= slot && slot <= to) ?? [];
      return nodes.map(([, port]) => servers.find((server) => server.port === port)) as [RedisServer];
    },
    async close() {
      for (const admin of admins) admin.disconnect();
      await Promise.all(servers.map((server) => server.kill()));
      rmSync(folder.path, { recursive: true, force: true });
    },
  };
}

/** `--tls-port 1` as a line of a configuration file. */
function pairsOf(options: readonly string[]): readonly string[] {
  return options.flatMap((option, at) => (at % 2 === 0 ? `${option.slice(2)} ${options[at + 1]}` : []));
}
