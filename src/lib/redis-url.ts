/** The forms of `REDIS_URL`: one server, Sentinel, or Cluster; each with or without TLS. */

export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

export interface RedisTarget {
  readonly kind: 'single' | 'sentinel' | 'cluster';
  /** The server, the sentinels, or some nodes of the cluster. */
  readonly nodes: readonly RedisNode[];
  readonly tls: boolean;
  readonly username: string;
  readonly password: string;
  readonly db: number;
  /** With Sentinel: the name of the primary, and the credentials of the sentinels themselves. */
  readonly sentinel: {
    readonly master: string;
    readonly username: string | undefined;
    readonly password: string | undefined;
  } | null;
}

const form = /^(rediss?)(?:[+-](sentinel|cluster))?:\/\/(?:([^/?#]*)@)?([^/?#]+)(\/[^?#]*)?(\?[^#]*)?$/i;
const nodeForm = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/i;

/**
 * - `redis://user:password@host:6379/0`
 * - `redis+sentinel://user:password@host1:26379,host2:26379/master/0?sentinel_username=…&sentinel_password=…`, or with the
 *   master as `?sentinelMasterId=…`
 * - `redis+cluster://user:password@host1:6379,host2:6379`
 *
 * With TLS each begins with `rediss`. Throws an error that does not contain the text, which may hold a password.
 */
export function parseRedisUrl(text: string): RedisTarget {
  const [, scheme = '', kindText = 'single', userInfo = '', hosts = '', path = '', query = ''] =
    form.exec(text) ?? [];
  const kind = kindText.toLowerCase() as RedisTarget['kind'];
  const nodes = hosts.split(',').map((host) => nodeOf(host, kind === 'sentinel' ? 26_379 : 6_379));
  const options = new URLSearchParams(query);
  const segments = path.replace(/^\/|\/$/g, '').split('/');
  const masterId = options.get('sentinelMasterId') ?? undefined;
  const master = kind === 'sentinel' ? (masterId ?? decodeURIComponent(segments.shift() ?? '')) : '';
  const [db = '', ...more] = segments;
  if (nodes.length > 1 && kind === 'single')
    throw new Error('several hosts need redis+sentinel or redis+cluster');
  if (kind === 'sentinel' && master === '') throw new Error('the name of the primary is missing');
  if (!/^\d*$/.test(db) || more.length > 0) throw new Error('the path ends with a database number');
  if (kind === 'cluster' && Number(db) !== 0) throw new Error('a cluster has database 0 only');
  const colon = userInfo.indexOf(':');
  return {
    kind,
    nodes,
    tls: scheme.toLowerCase() === 'rediss',
    username: decodeURIComponent(colon < 0 ? userInfo : userInfo.slice(0, colon)),
    password: colon < 0 ? '' : decodeURIComponent(userInfo.slice(colon + 1)),
    db: Number(db),
    sentinel:
      kind === 'sentinel'
        ? {
            master,
            username: options.get('sentinel_username') ?? undefined,
            password: options.get('sentinel_password') ?? undefined,
          }
        : null,
  };
}

export function isRedisUrl(text: string): boolean {
  try {
    parseRedisUrl(text);
    return true;
  } catch {
    return false;
  }
}

/** The hosts, without credentials, for the log. */
export const namesOf = ({ nodes }: RedisTarget): string =>
  nodes.map(({ host, port }) => `${host}:${port}`).join(', ');

function nodeOf(text: string, defaultPort: number): RedisNode {
  const [, bracketed, name, port] = nodeForm.exec(text) ?? [];
  const host = bracketed ?? name;
  const number = Number(port ?? defaultPort);
  if (host === undefined || number < 1 || number > 65_535) throw new Error('a host or a port is wrong');
  return { host, port: number };
}
