/** A TCP proxy between the facade and Halo Cloud: it forwards bytes, counts calls per practice, and cuts connections. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
  readonly url: string;
  /** Cuts each open connection with this probability, also in the middle of a message. Returns how many were cut. */
  cut(probability: number): number;
  /** Refuses new connections while true. */
  refuse(refused: boolean): void;
  close(): void;
}

/** Backlog. Node accepts one connection per turn of its event loop; connections wait here, unlike at Halo Cloud. */
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

/** Requests are not pipelined, so each chunk starts one request. A GUID of the sandbox ends with the Bp Site ID. */
function practiceAddressed(bytes: Buffer): string | undefined {
  const line = bytes.toString('latin1', 0, 200);
  const [, digits] =
    /^\w+ \/integrator\/sites\/[0-9a-f-]{23}-(\d{12})\/(?:queries\/immediate|fhir)/.exec(line) ?? [];
  return digits && String(Number(digits));
}
