/** The proxies of the environment as absolute URLs, and the hosts that are reached without them. */
export interface Proxies {
  /** `HTTP_PROXY`: for http targets, and for https targets if `https` is unset. */
  readonly http?: string | undefined;
  /** `HTTPS_PROXY`. */
  readonly https?: string | undefined;
  /** `NO_PROXY`: hosts separated by commas or blanks, each with its subdomains and optionally a port; `*` for all. */
  readonly except?: string | undefined;
}

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * The proxy for an address; null if none. The rules are those of undici's EnvHttpProxyAgent, which cannot report its choice;
 * `check` prints it.
 */
export function proxyFor(target: string | URL, { http, https = http, except = '' }: Proxies): URL | null {
  const { protocol, hostname, port } = new URL(target);
  const proxy = protocol === 'https:' ? https : http;
  if (proxy === undefined) return null;
  const here = { host: hostname.toLowerCase(), port: port || defaultPorts[protocol] };
  const past = except.split(/[,\s]+/).some((entry) => {
    if (entry === '*') return true;
    const [, named = entry, onlyPort] = /^(.+?):(\d+)$/.exec(entry) ?? [];
    const host = named.replace(/^\*?\./, '').toLowerCase();
    const same = host !== '' && (here.host === host || here.host.endsWith(`.${host}`));
    return same && (onlyPort === undefined || onlyPort === here.port);
  });
  return past ? null : new URL(proxy);
}

/** The proxy's address without its credentials. */
export function nameOfProxy({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}

/** Options for undici's ProxyAgent. They carry the credentials, because ProxyAgent ignores a user without a password. */
export function proxyOptions({ origin, username, password }: URL): { uri: string; token?: string } {
  if (username === '' && password === '') return { uri: origin };
  const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { uri: origin, token: `Basic ${Buffer.from(text).toString('base64')}` };
}
