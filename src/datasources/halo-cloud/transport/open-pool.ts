import { type Dispatcher, Pool, ProxyAgent } from 'undici';
import { proxyOptions } from '../../../lib/proxy.ts';
import type { Log } from '../../../log.ts';
import { failureCode } from './failure.ts';

/** Halo Cloud answers an immediate query within 60 s or with a 504: what is longer has died on the way. */
const patienceMs = 70_000;
const connectMs = 5_000;

/** Keep-alive connections to Halo Cloud, opened as they are needed; through a tunnel (CONNECT) where there is a proxy. */
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
    headersTimeout: patienceMs,
    bodyTimeout: patienceMs,
  };
  const watched = (pool: Pool): Pool =>
    pool.on('connectionError', (_origin, _targets, error) => {
      log.warn({ failure: failureCode(error) }, 'no connection to Halo Cloud');
    });
  if (!proxy) return watched(new Pool(origin, options));
  return new ProxyAgent({
    ...options,
    ...proxyOptions(proxy),
    factory: (target: URL, given: object) => watched(new Pool(target, given)),
    // A proxy that says nothing to CONNECT would otherwise be waited for without end.
    clientFactory: (target, given) => new Pool(target, { ...given, headersTimeout: connectMs }),
    proxyTls: { timeout: connectMs },
    requestTls: { timeout: connectMs },
  });
}
