/** A TCP proxy between the facade and Halo Cloud: it hands the bytes on, counts the calls of practices, and cuts. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
  readonly url: string;
  /** Cuts each connection that is open with this probability, at whatever it is just carrying; how many were cut. */
  cut(probability: number): number;
  /** While refused, no connection can be opened. */
  refuse(refused: boolean): void;
  close(): void;
}

/** Node accepts one connection in each turn of its event loop. Until then they wait here, as they do not at Halo Cloud. */
const backlog = 4_096;

/** @param onCall called for each request that addresses a practice's site: `onCall('9001')` */
export async function startProxy(
  upstream: string,
  onCall: (bpSiteId: string) => void,
): Promise<CuttingProxy> {
  const { hostname, port } = new URL(upstream);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    open.add(near);
    near.on('data', (bytes: Buffer) => {
      const bpSiteId = practiceAddressed(bytes);
      if (bpSiteId) onCall(bpSiteId);
    });
    near.pipe(far);
    far.pipe(near);
    const end = () => {
      open.delete(near);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', backlog, resolve));
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${taken}`,
    cut(probability) {
      const chosen = [...open].filter(() => Math.random() < probability);
      for (const socket of chosen) socket.resetAndDestroy();
      return chosen.length;
    },
    refuse(refused) {
      if (refused && server.listening) server.close();
      if (!refused && !server.listening) server.listen(taken, '127.0.0.1', backlog);
    },
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** Requests are not pipelined: each begins with the bytes that it arrives in. A sandbox's GUID ends with the Bp Site ID. */
function practiceAddressed(bytes: Buffer): string | undefined {
  const line = bytes.toString('latin1', 0, 200);
  const [, digits] =
    /^\w+ \/integrator\/sites\/[0-9a-f-]{23}-(\d{12})\/(?:queries\/immediate|fhir)/.exec(line) ?? [];
  return digits && String(Number(digits));
}
