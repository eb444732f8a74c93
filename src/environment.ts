/** The environment variables: names, formats and defaults. `test/environment.test.ts` checks the documentation of each. */
import { z } from 'zod';
import { isRedisUrl } from './lib/redis-url.ts';

const wholeNumber = (min: number, max: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().min(min).max(max));
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

/** LIVE_DEPLOYMENT where it is not set. */
export const defaultDeployment = 'default';

/** A proxy is often named without the scheme: `proxy.example:3128`. */
const proxyUrl = z
  .string()
  .transform((text) => (text.includes('://') ? text : `http://${text}`))
  .refine(isProxyUrl, 'must be an http or https URL, with no path');

export const environmentSchema = z.object({
  HALO_ENVIRONMENT: oneOf(['sandbox', 'staging', 'production']).default('sandbox'),
  HALO_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  HALO_SUBSCRIPTION_KEY: z.string().optional(),
  HALO_SUBSCRIPTION_KEY_FILE: z.string().optional(),
  HALO_SOURCE: oneOf(['auto', 'bp-premier', 'sql-passthrough']).default('auto'),
  HALO_FAILOVER: oneOf(['replay', 'surface']).default('replay'),
  HALO_ASSUMED_WRITES: oneOf(['true', 'false']).optional(),
  AUTH_JWKS_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .refine((url) => new URL(url).username + new URL(url).password === '', 'must not hold a password')
    .optional(),
  AUTH_ISSUER: z.string().optional(),
  AUTH_AUDIENCE: z.string().optional(),
  API_KEYS_FILE: z.string().optional(),
  HALO_DEADLINE_MS: wholeNumber(100, 600_000).default(30_000),
  HALO_REFERENCE_SECONDS: wholeNumber(0, 86_400).default(300),
  DRAIN_NOTICE_MS: wholeNumber(0, 600_000).optional(),
  PRACTICES_FILE: z.string().optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(4000),
  REDIS_URL: z
    .string()
    .refine(
      isRedisUrl,
      'must be a redis://host/0, redis+sentinel://host1,host2/primary/0 or redis+cluster://host1,host2; rediss for TLS',
    )
    .optional(),
  LIMIT_PER_MINUTE: wholeNumber(1, 10_000_000).default(6_000),
  LIMIT_BURST: wholeNumber(1, 1_000_000).default(600),
  LIMIT_CONCURRENT: wholeNumber(1, 100_000).default(100),
  LIMIT_CHARGED: wholeNumber(1, 1_000_000).default(500),
  LIMIT_SUBSCRIPTIONS: wholeNumber(1, 1_000_000).default(1_000),
  LIMIT_SUBSCRIPTIONS_TOTAL: wholeNumber(1, 1_000_000).default(10_000),
  LIVE_SOURCE: oneOf(['auto', 'poll']).default('auto'),
  LIVE_POLL_SECONDS: wholeNumber(5, 3_600).default(60),
  LIVE_STATUS_SECONDS: wholeNumber(1, 600).default(10),
  LIVE_GRACE_SECONDS: wholeNumber(0, 3_600).default(30),
  LIVE_DEPLOYMENT: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores')
    .default(defaultDeployment),
  FAST_PATH: oneOf(['on', 'off']).default('on'),
  /** Read by `src/engine/switch.ts`. */
  ENGINE: oneOf(['on', 'off']).default('on'),
  GRAPHIQL: oneOf(['true', 'false']).optional(),
  INTROSPECTION: oneOf(['true', 'false']).optional(),
  CORS_ORIGINS: z.string().optional(),
  CORS_HEADERS: z.string().optional(),
  HTTP_PROXY: proxyUrl.optional(),
  http_proxy: proxyUrl.optional(),
  HTTPS_PROXY: proxyUrl.optional(),
  https_proxy: proxyUrl.optional(),
  NO_PROXY: z.string().optional(),
  no_proxy: z.string().optional(),
  PERSISTED_OPERATIONS_FILE: z.string().optional(),
  PERSISTED_OPERATIONS_ONLY: oneOf(['true', 'false']).default('false'),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  AUDIT_FILE: z.string().optional(),
  HALO_WEBHOOK_SECRET: z.string().optional(),
  HALO_WEBHOOK_SECRET_PREVIOUS: z.string().optional(),
  HALO_WEBHOOK_SECRET_FILE: z.string().optional(),
  HALO_WEBHOOK_SECRET_ENCODING: oneOf(['utf8', 'base64']).default('utf8'),
  WEBHOOK_PORT: wholeNumber(1, 65_535).optional(),
});

export type Environment = z.infer<typeof environmentSchema>;

function isProxyUrl(text: string): boolean {
  try {
    const { protocol, hostname, username, password, pathname } = new URL(text);
    decodeURIComponent(`${username}:${password}`);
    return /^https?:$/.test(protocol) && hostname !== '' && pathname === '/';
  } catch {
    return false;
  }
}
