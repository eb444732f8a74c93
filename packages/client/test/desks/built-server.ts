/** The built server with its sandbox, as processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../../dist/src/main.js', import.meta.url));

export interface BuiltServer {
  readonly url: string;
  close(): Promise<void>;
}

/** @param variables of its environment, such as `HALO_BASE_URL`: then it starts no sandbox */
export async function startBuiltServer(
  variables: Readonly<Record<string, string>> = {},
): Promise<BuiltServer> {
  if (!existsSync(main)) throw new Error('Build the server first: npm run build');
  const server = spawn('node', [main], {
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'warn', NODE_ENV: 'production', ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await urlOf(server);
  const ended = new Promise((resolve) => server.once('close', resolve));
  return {
    url,
    async close() {
      server.kill();
      await ended;
    },
  };
}

function urlOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    server.stdout?.on('data', (text: Buffer) => {
      output += text;
      const [, url] = /(?:GraphiQL +|"url":")(http[^\s"]+)/.exec(output) ?? [];
      if (url) resolve(url);
    });
    server.once('close', () => reject(new Error(`It ended: ${output}`)));
  });
}
