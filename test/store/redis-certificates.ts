/** Certificates of a certificate authority that belongs to a test. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificates {
  /** For NODE_EXTRA_CA_CERTS. */
  readonly authority: string;
  /** Options with which Redis talks TLS to clients, replicas and nodes of a cluster. */
  readonly options: readonly string[];
}

/** Writes them to a folder. The server's one is for 127.0.0.1. */
export function makeCertificates(folder: string): Certificates {
  const at = (name: string) => join(folder, name);
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  writeFileSync(at('san.cnf'), 'subjectAltName=IP:127.0.0.1\n');
  openssl(
    ...['req', '-x509', ...key, '-days', '2', '-subj', '/CN=A test authority'],
    ...['-keyout', at('ca.key'), '-out', at('ca.crt')],
  );
  openssl('req', ...key, '-subj', '/CN=redis', '-keyout', at('redis.key'), '-out', at('redis.csr'));
  openssl(
    ...[
      'x509',
      '-req',
      '-in',
      at('redis.csr'),
      '-CA',
      at('ca.crt'),
      '-CAkey',
      at('ca.key'),
      '-CAcreateserial',
    ],
    ...['-days', '2', '-extfile', at('san.cnf'), '-out', at('redis.crt')],
  );
  return {
    authority: at('ca.crt'),
    options: [
      ...['--port', '0', '--tls-auth-clients', 'no', '--tls-replication', 'yes', '--tls-cluster', 'yes'],
      ...['--tls-cert-file', at('redis.crt'), '--tls-key-file', at('redis.key')],
      ...['--tls-ca-cert-file', at('ca.crt')],
    ],
  };
}
