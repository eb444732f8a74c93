/** What the live act does at Halo Cloud and at the practices, through the sandbox's control endpoints. */
import { practices } from '../../sandbox/practices.ts';
import { sandboxKey } from '../processes.ts';

export const webhookSecret = 'chaos-webhook-secret';

/** A change that the front desk makes. */
export type DeskChange =
  | { readonly add: object }
  | { readonly cancel: number }
  | { readonly change: number; readonly columns: object };

export interface HaloCloud {
  breakSite(bpSiteId: string, fault: string | null): Promise<void>;
  /** Sends signed webhooks to this replica from now on. */
  sendWebhooksTo(facadeUrl: string): Promise<void>;
  /** A fault between Halo Cloud and the receiver of its webhooks. Null: none. */
  breakWebhooks(fault: string | null): Promise<void>;
  /** Returns the id of the appointment. */
  atDesk(bpSiteId: string, change: DeskChange): Promise<string>;
  /** Puts Halo Cloud's clock forward, so that registered queries run more often than once a minute. */
  advance(ms: number): Promise<void>;
  /** Registered queries that run at the current servers of these practices. */
  registered(bpSiteIds: readonly string[]): Promise<number>;
}

export function haloCloudAt(url: string): HaloCloud {
  async function post(path: string, body: object): Promise<unknown> {
    const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}.`);
    return response.json();
  }

  async function registeredAt(bpSiteId: string): Promise<number> {
    const practice = practices.find((each) => each.bpSiteId === bpSiteId);
    const response = await fetch(`${url}/integrator/sites/${practice?.haloGuid}/queries/registered`, {
      headers: { 'ocp-apim-subscription-key': sandboxKey },
    });
    const { registeredQueries } = (await response.json()) as { registeredQueries: { status: string }[] };
    return registeredQueries.filter(({ status }) => status === 'enabled').length;
  }

  return {
    breakSite: async (bpSiteId, fault) => void (await post('/sandbox/faults', { bpSiteId, fault })),
    async sendWebhooksTo(facadeUrl) {
      const target = new URL('/webhooks/halo', facadeUrl).href;
      await post('/sandbox/webhook', { url: target, secret: webhookSecret });
    },
    breakWebhooks: async (fault) => void (await post('/sandbox/webhook/faults', { fault })),
    async atDesk(bpSiteId, change) {
      const { appointmentId } = (await post('/sandbox/desk', { bpSiteId, change })) as {
        appointmentId: number;
      };
      return String(appointmentId);
    },
    advance: async (ms) => void (await post('/sandbox/clock', { advanceMs: ms })),
    registered: async (bpSiteIds) =>
      (await Promise.all(bpSiteIds.map(registeredAt))).reduce((sum, count) => sum + count, 0),
  };
}
