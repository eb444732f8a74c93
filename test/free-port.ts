import { createServer } from 'node:net';

/**
 * A free port of the loopback, for a server that needs its port at the start. The system gives none of these to a connection or to a
 * server on any port, so it is still free when the server listens, also after a restart.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
