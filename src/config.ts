/**
 * Reads the configuration from environment variables and the files that they name. An empty variable counts as unset. A
 * wrong one stops the start with a line that names the variable and the allowed values.
 */
import { readFileSync } from 'node:fs';
import type { SourcePreference } from './datasources/domain/pms.ts';
import { type Environment, environmentSchema } from './environment.ts';
import { headerNamesIn, originsIn } from './lib/cors-lists.ts';
import type { Proxies } from './lib/proxy.ts';
import { FileFault } from './lib/watched-file.ts';
import type { LogLevel } from './log.ts';
import { faultLine, practicesIn, type RegisteredPractice } from './practices-file.ts';
import { isHeaderText, parseSubscriptionKeys } from './subscription-keys.ts';

export type HaloEnvironment = 'sandbox' | 'staging' | 'production';

/** How webhooks are received. */
export interface WebhookConfig {
  /** One secret, or two during a rotation. */
  readonly secrets: readonly string[];
  /** The encoding of the secret's text. */
  readonly encoding: 'utf8' | 'base64';
  /** A separate port for webhooks. Undefined: the port of the API. */
  readonly port: number | undefined;
}

export interface Config {
  readonly environment: HaloEnvironment;
  /** Undefined in the sandbox without `HALO_BASE_URL`: the server starts a local Halo Cloud. */
  readonly baseUrl: string | undefined;
  /** The primary key. */
  readonly subscriptionKey: string | undefined;
  /** Used when Halo Cloud refuses the primary key. */
  readonly secondaryKey: string | undefined;
  /** The file of the keys, which is read again when it changes. Undefined: the keys never change. */
  readonly subscriptionKeyFile: string | undefined;
  readonly source: SourcePreference;
  readonly failover: 'replay' | 'surface';
  /** Whether undocumented statements may write to the practice's database. */
  readonly assumedWrites: boolean;
  /** The keys, the issuer and the audience of JWTs. */
  readonly jwt: { readonly jwksUrl: string; readonly issuer: string; readonly audience: string } | undefined;
  readonly apiKeysFile: string | undefined;
  readonly deadlineMs: number;
  /** Maximum age of cached users, locations, appointment types and hours. */
  readonly referenceSeconds: number;
  /** After SIGTERM, `/ready` answers 503 for this long before the listener closes. */
  readonly drainNoticeMs: number;
  readonly practices: readonly RegisteredPractice[];
  readonly host: string;
  readonly port: number;
  /** Replicas share their idempotency keys here. The URL may hold a password. Undefined: each process keeps its own keys. */
  readonly redisUrl: string | undefined;
  readonly limits: {
    /** Maximum number of requests of one caller. */
    readonly perMinute: number;
    readonly burst: number;
    /** Maximum number of operations of one caller that run at the same time, in one process. */
    readonly concurrent: number;
    /** Maximum price of one operation, in charged upstream calls. */
    readonly charged: number;
    /** Subscriptions of one caller, and of all, at a time in one process. */
    readonly subscriptions: number;
    readonly subscriptionsTotal: number;
  };
  /** How appointment books are watched. */
  readonly live: {
    readonly source: 'auto' | 'poll';
    readonly pollSeconds: number;
    readonly statusSeconds: number;
    readonly graceSeconds: number;
    /** Names this deployment in the names of its registered queries. */
    readonly deployment: string;
  };
  /** Whether plain requests bypass Yoga, and repeated operations are compiled. */
  readonly fastPath: boolean;
  readonly graphiql: boolean;
  readonly introspection: boolean;
  /** Origins whose pages may send requests from a browser. */
  readonly corsOrigins: readonly string[];
  /** Lower-case names of request headers that those pages may send besides the usual ones. */
  readonly corsHeaders: readonly string[];
  /** Proxies to Halo Cloud and the identity provider. Their URLs may hold credentials. */
  readonly proxies: Proxies;
  /** The text of the file, and whether all other operations are refused. Undefined: there are no persisted operations. */
  readonly persistedOperations: { readonly text: string; readonly only: boolean } | undefined;
  readonly logLevel: LogLevel;
  /** The file of the audit trail. Undefined: standard output. */
  readonly auditFile: string | undefined;
  /** Undefined: no webhooks are received. */
  readonly webhooks: WebhookConfig | undefined;
}

/** Lists the faults of the configuration, one line each, for standard error. */
export class ConfigError extends Error {
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
  }
}

const baseUrls: Readonly<Record<HaloEnvironment, string | undefined>> = {
  sandbox: undefined,
  staging: 'https://api.stage.haloconnect.io',
  production: 'https://api.haloconnect.io',
};
const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Reads the environment (and the files that it names). Throws a ConfigError with every fault at once. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== '');
  const parsed = environmentSchema.safeParse(Object.fromEntries(set));
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(faultLine));
  const env = parsed.data;
  const faults: string[] = [];
  const read = (variable: string, path: string | undefined): string | undefined => {
    if (path === undefined) return undefined;
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      faults.push(
        `${variable}: cannot read ${path} (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}).`,
      );
      return undefined;
    }
  };
  const keys = subscriptionKeysOf(
    env,
    read('HALO_SUBSCRIPTION_KEY_FILE', env.HALO_SUBSCRIPTION_KEY_FILE),
    faults,
  );
  const practicesText = read('PRACTICES_FILE', env.PRACTICES_FILE);
  const practices = practicesText === undefined ? [] : practicesIn(practicesText, faults);
  if (env.HALO_ENVIRONMENT !== 'sandbox' && keys.subscriptionKey === undefined) {
    faults.push(
      `HALO_ENVIRONMENT=${env.HALO_ENVIRONMENT} needs HALO_SUBSCRIPTION_KEY or HALO_SUBSCRIPTION_KEY_FILE.`,
    );
  }
  const { HALO_BASE_URL: ownUrl } = env;
  if (env.HALO_ENVIRONMENT !== 'sandbox' && ownUrl?.startsWith('http:') && !isLoopback(ownUrl)) {
    faults.push(
      'HALO_BASE_URL: must be https, because the subscription key and patient data are sent to it.',
    );
  }
  const realPatients = env.HALO_ENVIRONMENT !== 'sandbox' || !isLoopback(env.HALO_BASE_URL);
  const jwt = jwtOf(env, faults);
  if (realPatients && env.API_KEYS_FILE === undefined && env.AUTH_JWKS_URL === undefined) {
    faults.push(
      'Outside the sandbox every caller needs a credential: set API_KEYS_FILE, or AUTH_JWKS_URL with AUTH_ISSUER and AUTH_AUDIENCE.',
    );
  }
  const corsOrigins = originsIn(env.CORS_ORIGINS ?? '', faults);
  const corsHeaders = headerNamesIn(env.CORS_HEADERS ?? '', faults);
  const operationsText = read('PERSISTED_OPERATIONS_FILE', env.PERSISTED_OPERATIONS_FILE);
  const persistedOperations =
    operationsText === undefined
      ? undefined
      : { text: operationsText, only: env.PERSISTED_OPERATIONS_ONLY === 'true' };
  if (env.PERSISTED_OPERATIONS_ONLY === 'true' && env.PERSISTED_OPERATIONS_FILE === undefined) {
    faults.push(
      'PERSISTED_OPERATIONS_ONLY: needs PERSISTED_OPERATIONS_FILE, otherwise every operation would be refused.',
    );
  }
  const webhooks = webhooksOf(env, read('HALO_WEBHOOK_SECRET_FILE', env.HALO_WEBHOOK_SECRET_FILE), faults);
  const open = env.HALO_ENVIRONMENT !== 'production';
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    environment: env.HALO_ENVIRONMENT,
    baseUrl: env.HALO_BASE_URL ?? baseUrls[env.HALO_ENVIRONMENT],
    ...keys,
    source: env.HALO_SOURCE,
    failover: env.HALO_FAILOVER,
    assumedWrites: env.HALO_ASSUMED_WRITES === undefined ? !realPatients : env.HALO_ASSUMED_WRITES === 'true',
    jwt,
    apiKeysFile: env.API_KEYS_FILE,
    deadlineMs: env.HALO_DEADLINE_MS,
    referenceSeconds: env.HALO_REFERENCE_SECONDS,
    drainNoticeMs: env.DRAIN_NOTICE_MS ?? (env.HALO_ENVIRONMENT === 'sandbox' ? 0 : 5_000),
    practices,
    host: env.HOST,
    port: env.PORT,
    redisUrl: env.REDIS_URL,
    limits: {
      perMinute: env.LIMIT_PER_MINUTE,
      burst: env.LIMIT_BURST,
      concurrent: env.LIMIT_CONCURRENT,
      charged: env.LIMIT_CHARGED,
      subscriptions: env.LIMIT_SUBSCRIPTIONS,
      subscriptionsTotal: env.LIMIT_SUBSCRIPTIONS_TOTAL,
    },
    live: {
      // Registered queries are SQL, so the Bp Premier API alone cannot run them.
      source: env.HALO_SOURCE === 'bp-premier' ? 'poll' : env.LIVE_SOURCE,
      pollSeconds: env.LIVE_POLL_SECONDS,
      statusSeconds: env.LIVE_STATUS_SECONDS,
      graceSeconds: env.LIVE_GRACE_SECONDS,
      deployment: env.LIVE_DEPLOYMENT,
    },
    fastPath: env.FAST_PATH === 'on',
    graphiql: env.GRAPHIQL === undefined ? open : env.GRAPHIQL === 'true',
    introspection: env.INTROSPECTION === undefined ? open : env.INTROSPECTION === 'true',
    corsOrigins,
    corsHeaders,
    // Lower case has priority, as in curl and undici.
    proxies: {
      http: env.http_proxy ?? env.HTTP_PROXY,
      https: env.https_proxy ?? env.HTTPS_PROXY,
      except: env.no_proxy ?? env.NO_PROXY,
    },
    persistedOperations,
    logLevel: env.LOG_LEVEL,
    auditFile: env.AUDIT_FILE,
    webhooks,
  };
}

/** @param text the content of the file: the primary key, then the secondary one, each on a line */
function subscriptionKeysOf(
  env: Environment,
  text: string | undefined,
  faults: string[],
): Pick<Config, 'subscriptionKey' | 'secondaryKey' | 'subscriptionKeyFile'> {
  const own = env.HALO_SUBSCRIPTION_KEY?.trim();
  if (own !== undefined) {
    if (!isHeaderText(own))
      faults.push(
        'HALO_SUBSCRIPTION_KEY: contains spaces or characters that are not allowed in a header. It must be one line.',
      );
    return { subscriptionKey: own, secondaryKey: undefined, subscriptionKeyFile: undefined };
  }
  try {
    const [subscriptionKey, secondaryKey] = text === undefined ? [] : parseSubscriptionKeys(text);
    const subscriptionKeyFile = text === undefined ? undefined : env.HALO_SUBSCRIPTION_KEY_FILE;
    return { subscriptionKey, secondaryKey, subscriptionKeyFile };
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    faults.push(error.message.replace(/^/gm, 'HALO_SUBSCRIPTION_KEY_FILE: '));
    return { subscriptionKey: undefined, secondaryKey: undefined, subscriptionKeyFile: undefined };
  }
}

/** @param file one secret on each line: the current one, then the previous one */
function webhooksOf(env: Environment, file: string | undefined, faults: string[]): Config['webhooks'] {
  const { HALO_WEBHOOK_SECRET: current, HALO_WEBHOOK_SECRET_PREVIOUS: previous } = env;
  const { HALO_WEBHOOK_SECRET_ENCODING: encoding, WEBHOOK_PORT: port } = env;
  const lines = current === undefined ? (file ?? '').split(/\r?\n/) : [current, previous ?? ''];
  const secrets = lines.map((line) => line.trim()).filter((line) => line !== '');
  if (secrets.length > 2)
    faults.push('HALO_WEBHOOK_SECRET_FILE: contains more than two secrets. Each line is one secret.');
  if (encoding === 'base64' && secrets.some((secret) => !/^[\w+/-]+={0,2}$/.test(secret)))
    faults.push(
      'HALO_WEBHOOK_SECRET: is not base64. Set HALO_WEBHOOK_SECRET_ENCODING=utf8 to use it as text.',
    );
  if (secrets.length > 0) return { secrets, encoding, port };
  if (port !== undefined || previous !== undefined || env.HALO_WEBHOOK_SECRET_FILE !== undefined)
    faults.push('HALO_WEBHOOK_SECRET or HALO_WEBHOOK_SECRET_FILE: must be set to receive webhooks.');
  return undefined;
}

/** Requires all three variables, or none. */
function jwtOf(env: Environment, faults: string[]): Config['jwt'] {
  const { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = env;
  if (jwksUrl && issuer && audience) {
    if (jwksUrl.startsWith('http:') && !isLoopback(jwksUrl)) {
      faults.push('AUTH_JWKS_URL: must be https, because its keys decide which callers are accepted.');
    }
    return { jwksUrl, issuer, audience };
  }
  if (jwksUrl || issuer || audience) {
    faults.push('AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE: set all three or none.');
  }
  return undefined;
}

/** Whether Halo Cloud runs on this machine. Undefined is the server's own sandbox. */
function isLoopback(baseUrl: string | undefined): boolean {
  return baseUrl === undefined || loopback.has(new URL(baseUrl).hostname.replace(/^\[|\]$/g, ''));
}
