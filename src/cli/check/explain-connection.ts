import type { UpstreamFailed } from '../../errors.ts';
import { failed, type Outcome } from './finding.ts';
import type { Place } from './place.ts';

const statusPage = 'Halo Cloud: see status.haloconnect.io, and try again later.';

/** The meaning of each connection error. The first entry that matches the code applies. */
const connectionFaults: readonly {
  readonly code: RegExp;
  readonly said: (host: string) => string;
  readonly fix: string;
}[] = [
  {
    code: /^(ENOTFOUND|EAI_AGAIN)$/,
    said: (host) => `The name ${host} cannot be resolved`,
    fix: 'HALO_BASE_URL: its host name; else the DNS of this machine.',
  },
  {
    code: /^ECONNREFUSED$/,
    said: (host) => `${host} refuses the connection`,
    fix: 'HALO_BASE_URL: its host and port; else a firewall on the way.',
  },
  {
    code: /^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/,
    said: (host) => `This machine cannot connect to ${host}`,
    fix: 'Network: allow this machine to connect to it by HTTPS on port 443.',
  },
  {
    code: /^CERT_(NOT_YET_VALID|HAS_EXPIRED)$/,
    said: (host) => `By the clock of this machine, the certificate of ${host} is not valid now`,
    fix: 'Clock of this machine: set it by NTP. If it is right: HALO_BASE_URL.',
  },
  {
    code: /CERT|UNABLE_TO_|SIGNATURE/,
    said: (host) => `The certificate of ${host} is not trusted`,
    fix: 'HALO_BASE_URL: its host name. Behind a proxy that opens TLS: its CA in NODE_EXTRA_CA_CERTS.',
  },
  {
    code: /^(EPROTO|ERR_SSL_)/,
    said: (host) => `${host} does not speak TLS`,
    fix: 'HALO_BASE_URL: https or http, and the port.',
  },
];

/** Explains why Halo Cloud gave no usable answer. */
export function explainConnection({ httpStatus, detail }: UpstreamFailed, place: Place): Outcome {
  const host = new URL(place.baseUrl).host;
  const code = /^connection failed: (\S+)$/.exec(detail ?? '')?.[1];
  if (code !== undefined) {
    if (place.proxy !== null && !/CERT|UNABLE_TO_|SIGNATURE/.test(code)) {
      return failed(
        `This machine cannot connect to ${host} through the proxy ${place.proxy} (${code}).`,
        `HTTPS_PROXY, HTTP_PROXY: the proxy's address, user and password. The proxy must allow connections to ${host}. NO_PROXY: hosts that need no proxy.`,
      );
    }
    const fault = connectionFaults.find((each) => each.code.test(code));
    return fault
      ? failed(`${fault.said(host)} (${code}).`, fault.fix)
      : failed(
          `${host} gives no answer: the connection was cut, or too slow (${code}).`,
          `HALO_BASE_URL, or a proxy on the way. ${statusPage}`,
        );
  }
  if (httpStatus === null) {
    return failed(`${host} gave no answer within HALO_DEADLINE_MS=${place.deadlineMs}.`, statusPage);
  }
  if (httpStatus >= 500)
    return failed(`Halo Cloud reports an internal error (HTTP ${httpStatus}).`, statusPage);
  if (place.bpSiteId !== null) {
    return failed(
      `Halo Cloud gives no usable answer (HTTP ${httpStatus}).`,
      'Halo Connect support: with the time and the Halo GUID.',
    );
  }
  return failed(
    `The answer of ${host} does not come from Halo Cloud (HTTP ${httpStatus}).`,
    "HALO_BASE_URL: Halo Cloud's address, without /integrator; or a proxy on the way.",
  );
}
