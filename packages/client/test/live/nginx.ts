/** nginx in front of a server, as Debian has it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../../test/free-port.ts';

export const nginxPath = ['/usr/sbin/nginx', '/usr/bin/nginx'].find(existsSync);

export interface Proxy {
  readonly url: string;
  close(): Promise<void>;
}

/** @param settings of the `location`, besides `proxy_pass` */
export async function startNginx(target: string, settings: string): Promise<Proxy> {
  const folder = mkdtempSync(join(tmpdir(), 'halo-nginx-'));
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (each) => `${each}_temp_path ${folder}/${each};`,
  );
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr error;
events {}
http {
  access_log off; gzip on; gzip_types *; ${paths.join(' ')}
  server { listen 127.0.0.1:${port}; location /graphql { proxy_pass ${new URL(target).origin}; ${settings} } }
}`,
  );
  const check = [nginxPath as string, ['-t', '-q', '-c', file, '-e', 'stderr']] as const;
  execFileSync(...check, { stdio: 'inherit' });
  const nginx: ChildProcess = spawn(check[0], ['-c', file, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => nginx.once('close', resolve));
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async close() {
      nginx.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
