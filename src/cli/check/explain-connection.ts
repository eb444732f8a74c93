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
    fix: 'HALO_BASE_URL: check the host name. If it is right, check the DNS of this machine.',
  },
  {
    code: /^ECONNREFUSED$/,
    said: (host) => `${host} refuses the connection`,
    fix: 'HALO_BASE_URL: check the host and the port. If they are right, check the firewalls between this machine and the host.',
  },
  {
    code: /^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/,
    said: (host) => `This machine cannot connect to ${host}`,
    fix: 'Network: allow this machine to connect to it by HTTPS on port 443.',
  },
  {
    code: /^CERT_(NOT_YET_VALID|HAS_EXPIRED)$/,
    said: (host) => `By the clock of this machine, the certificate of ${host} is not valid now`,
    fix: 'Clock of this machine: set it by NTP. If it is right, check HALO_BASE_URL.',
  },
  {
    code: /CERT|UNABLE_TO_|SIGNATURE/,
    said: (host) => `The certificate of ${host} is not trusted`,
    fix: 'HALO_BASE_URL: check the host name. If a proxy decrypts TLS, name the file of its CA in NODE_EXTRA_CA_CERTS.',
  },
  {
    code: /^(EPROTO|ERR_SSL_)/,
    said: (host) => `${host} does not speak TLS`,
    fix: 'HALO_BASE_URL: check the scheme (https or http) and the port.',
  },
];

/** Explains a failed connection or a malformed response. */
export function explainConnection({ httpStatus, detail }: UpstreamFailed, place: Place): Outcome {
  const host = new URL(place.baseUrl).host;
  const code = /^connection failed: (\S+)$/.exec(detail ?? '')?.[1];
  if (code !== undefined) {
    if (place.proxy !== null && !/CERT|UNABLE_TO_|SIGNATURE/.test(code)) {
      return failed(
        `This machine cannot connect to ${host} through the proxy ${place.proxy} (${code}).`,
        `HTTPS_PROXY, HTTP_PROXY: check the proxy's address, user and password. The proxy must allow connections to ${host}. If that host needs no proxy, add it to NO_PROXY.`,
      );
    }
    const fault = connectionFaults.find((each) => each.code.test(code));
    return fault
      ? failed(`${fault.said(host)} (${code}).`, fault.fix)
      : failed(
          `${host} did not answer. The connection was cut or too slow (${code}).`,
          `HALO_BASE_URL: check it, and any proxy on the way. ${statusPage}`,
        );
  }
  if (httpStatus === null) {
    return failed(`${host} gave no answer within HALO_DEADLINE_MS=${place.deadlineMs}.`, statusPage);
  }
  if (httpStatus >= 500)
    return failed(`Halo Cloud reports an internal error (HTTP ${httpStatus}).`, statusPage);
  if (place.bpSiteId !== null) {
    return failed(
      `The response of Halo Cloud cannot be used (HTTP ${httpStatus}).`,
      'Halo Connect support: report the time and the Halo GUID.',
    );
  }
  return failed(
    `The answer of ${host} does not come from Halo Cloud (HTTP ${httpStatus}).`,
    "HALO_BASE_URL: it must be Halo Cloud's address, without /integrator. If it is right, check any proxy on the way.",
  );
}
