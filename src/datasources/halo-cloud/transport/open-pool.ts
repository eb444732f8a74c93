/// <reference path="./undici-parts.d.ts" />
import type { Dispatcher } from 'undici';
import Pool from 'undici/lib/dispatcher/pool.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';
import { proxyOptions } from '../../../lib/proxy.ts';
import type { Log } from '../../../log.ts';
import { failureCode } from './failure.ts';

/** Halo Cloud answers an immediate query within 60 s, if only with a 504. After 70 s the connection is dead. */
const responseTimeoutMs = 70_000;
const connectMs = 5_000;

/** Keep-alive connections to Halo Cloud, opened on demand. With a proxy, they go through a CONNECT tunnel. */
export function openPool(
  origin: string,
  {
    connections,
    proxy,
    log,
  }: { readonly connections: number; readonly proxy: URL | null; readonly log: Log },
): Dispatcher {
  const options: Pool.Options = {
    connections,
    keepAliveTimeout: 30_000,
    connectTimeout: connectMs,
    headersTimeout: responseTimeoutMs,
    bodyTimeout: responseTimeoutMs,
  };
  const logged = (pool: Pool): Pool =>
    pool.on('connectionError', (_origin, _targets, error) => {
      log.warn({ failure: failureCode(error) }, 'no connection to Halo Cloud');
    });
  if (!proxy) return logged(new Pool(origin, options));
  return new ProxyAgent({
    ...options,
    ...proxyOptions(proxy),
    factory: (target: URL, poolOptions: object) => logged(new Pool(target, poolOptions)),
    // undici would wait forever for a proxy that does not answer CONNECT.
    clientFactory: (target, poolOptions) => new Pool(target, { ...poolOptions, headersTimeout: connectMs }),
    proxyTls: { timeout: connectMs },
    requestTls: { timeout: connectMs },
  });
}
