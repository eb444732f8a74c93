/** The facade as production runs it: built, the flags of `npm start`, API keys, limits, cost and log on. */
import { createHash } from 'node:crypto';
import { openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFlags } from '../src/node-flags.ts';
import type { Server } from './server.ts';
import { startServer } from './server.ts';

const key = 'benchmark-key-not-secret';

/** Node's own `--flags`, before the facade's file. */
export async function startFacade(
  upstream: string,
  place: string,
  options: {
    readonly flags?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    /** @default the built server */
    readonly script?: string;
  } = {},
): Promise<Server> {
  const keys = join(place, 'api-keys.json');
  const sha256 = createHash('sha256').update(key).digest('hex');
  const scopes = ['appointments:read', 'appointments:write', 'patients:read', 'users:read', 'sites:read'];
  writeFileSync(keys, JSON.stringify([{ name: 'bench', sha256, scopes, practices: ['*'] }]));
  const log = join(place, 'facade.log');
  return startServer({
    name: 'halo-graph',
    dialect: 'facade',
    args: [...(options.flags ?? []), ...nodeFlags, options.script ?? 'dist/src/main.js'],
    headers: { authorization: `Bearer ${key}` },
    log: { path: log, descriptor: openSync(log, 'w') },
    env: {
      HALO_ENVIRONMENT: 'sandbox',
      HALO_BASE_URL: upstream,
      HALO_SUBSCRIPTION_KEY: 'sandbox-key-not-secret',
      API_KEYS_FILE: keys,
      LIMIT_PER_MINUTE: '10000000',
      LIMIT_BURST: '1000000',
      LIMIT_CONCURRENT: '10000',
      LIMIT_CHARGED: '500',
      LOG_LEVEL: 'info',
      HOST: '127.0.0.1',
      GRAPHIQL: 'false',
      INTROSPECTION: 'false',
      ...options.env,
    },
  });
}
