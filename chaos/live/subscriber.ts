/** A screen that shows one appointment book. It does with the events what docs/live.md says, and keeps a record of them. */
import { Agent, type IncomingMessage, request } from 'node:http';

export interface Row {
  readonly pmsId: string;
  readonly start: string;
  readonly status: string;
}

export interface SeenEvent {
  /** Of `performance.now()`. */
  readonly at: number;
  readonly kind: 'snapshot' | 'changed' | 'gap' | 'error';
  /** Appointments in the event. */
  readonly ids: ReadonlySet<string>;
}

export interface Ending {
  readonly at: number;
  readonly code: string;
  readonly retryAfterSeconds: number | null;
}

export interface SubscriberOptions {
  /** Where to subscribe now: another replica after one was killed. */
  readonly url: () => string;
  readonly authorization: string;
  readonly bpSiteId: string;
  /** Dates, both inclusive. */
  readonly from: string;
  readonly to: string;
  /** Fields of an appointment besides those of `Row`. */
  readonly fields?: string;
  /** Reads its first event, and does nothing with it. @default false */
  readonly isIdle?: boolean;
}

const reconnectMs = 500;
/** Each subscriber has its own connection. */
const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });

export class Subscriber {
  readonly bpSiteId: string;
  readonly events: SeenEvent[] = [];
  readonly #options: SubscriberOptions;
  #rows = new Map<string, Row>();
  #cursor: string | null = null;
  #response: IncomingMessage | undefined;
  #stopped = false;
  #text = '';
  /** The longest event, in bytes. */
  longest = 0;
  /** No event yet, or a gap. */
  isInGap = true;
  /** A gap on this connection: a snapshot has to follow. */
  #hadGap = false;
  /** Connections that ended without a reason. */
  lost = 0;
  /** The last result, if it ended the stream. */
  ending: Ending | null = null;
  /** Breaches of the contract. */
  readonly faults: string[] = [];

  constructor(options: SubscriberOptions) {
    this.#options = options;
    this.bpSiteId = options.bpSiteId;
    this.#connect();
  }

  /** `id start status`, sorted. */
  get book(): readonly string[] {
    return [...this.#rows.values()].map(rowText).sort();
  }

  has(pmsId: string): boolean {
    return this.#rows.has(pmsId);
  }

  get rows(): readonly Row[] {
    return [...this.#rows.values()];
  }

  /** Stops reading. The connection stays open. */
  stall(): void {
    this.#response?.pause();
  }

  /** Disappears, without or with a reset of the connection. */
  vanish(reset = false): void {
    this.#stopped = true;
    if (reset) this.#response?.socket.resetAndDestroy();
    else this.#response?.destroy();
  }

  #connect(): void {
    if (this.#stopped) return;
    const { url, authorization, bpSiteId, from, to, fields = '' } = this.#options;
    this.#text = '';
    this.#hadGap = false;
    this.#response = undefined;
    const row = `pmsId start status ${fields}`;
    const query = `subscription ($bpSiteId: ID!, $from: Date!, $to: Date, $after: String) {
      appointmentBook(bpSiteId: $bpSiteId, from: $from, to: $to, after: $after) {
        __typename
        ... on AppointmentBookSnapshot { cursor appointments { ${row} } }
        ... on AppointmentBookChanged { cursor changes { kind appointment { ${row} } } }
        ... on AppointmentBookGap { reason }
        ... on HaloError { code }
      } }`;
    const sent = request(url(), {
      method: 'POST',
      agent,
      headers: { authorization, 'content-type': 'application/json', accept: 'text/event-stream' },
    });
    const again = () => {
      if (this.#stopped || this.ending) return;
      this.lost += 1;
      this.isInGap = true;
      setTimeout(() => this.#connect(), reconnectMs * (1 + Math.random()));
    };
    sent.on('response', (response) => {
      this.#response = response;
      if (this.#stopped) return void response.destroy();
      response.setEncoding('utf8');
      response.on('data', (text: string) => this.#read(text));
      response.on('error', () => {});
      response.once('close', again);
    });
    sent.on('error', () => {
      if (!this.#response) again();
    });
    sent.end(JSON.stringify({ query, variables: { bpSiteId, from, to, after: this.#cursor } }));
  }

  #read(text: string): void {
    if (this.#options.isIdle) {
      this.longest += text.length;
      // The stream begins with some bytes that are no event.
      if (this.longest > 100 && text.endsWith('\n\n')) this.isInGap = false;
      return;
    }
    this.#text += text;
    for (let end = this.#text.indexOf('\n\n'); end >= 0; end = this.#text.indexOf('\n\n')) {
      const message = this.#text.slice(0, end);
      this.longest = Math.max(this.longest, Buffer.byteLength(message));
      this.#text = this.#text.slice(end + 2);
      const [, json] = /^event: next\ndata: (.*)$/s.exec(message) ?? [];
      if (json !== undefined) this.#take(JSON.parse(json));
    }
  }

  #take({ data, errors }: Result): void {
    const at = performance.now();
    const event = data?.appointmentBook;
    if (!event || event.code !== undefined) {
      const { code = event?.code ?? 'none', retryAfterSeconds = null } = errors?.[0]?.extensions ?? {};
      this.ending = { at, code, retryAfterSeconds };
      this.events.push({ at, kind: 'error', ids: new Set() });
      return;
    }
    if (event.reason !== undefined) {
      this.isInGap = true;
      this.#hadGap = true;
      this.events.push({ at, kind: 'gap', ids: new Set() });
      return;
    }
    this.#cursor = event.cursor ?? null;
    if (event.appointments) this.#rows = new Map();
    else if (this.#hadGap) this.faults.push('changes came after a gap, without a snapshot');
    const rows = event.appointments ?? event.changes?.map(({ appointment }) => appointment) ?? [];
    for (const row of rows) this.#set(row);
    this.isInGap = false;
    this.#hadGap = false;
    const kind = event.appointments ? 'snapshot' : 'changed';
    this.events.push({ at, kind, ids: new Set(rows.map(({ pmsId }) => pmsId)) });
  }

  #set(row: Row): void {
    const { from, to } = this.#options;
    const date = row.start.slice(0, 10);
    if (row.status !== 'CANCELLED' && date >= from && date <= to) this.#rows.set(row.pmsId, row);
    else this.#rows.delete(row.pmsId);
  }
}

export const rowText = ({ pmsId, start, status }: Row): string => `${pmsId} ${start} ${status}`;

interface Result {
  readonly data?: {
    readonly appointmentBook?: {
      readonly code?: string;
      readonly reason?: string;
      readonly cursor?: string;
      readonly appointments?: readonly Row[];
      readonly changes?: readonly { readonly appointment: Row }[];
    };
  } | null;
  readonly errors?: readonly {
    readonly extensions?: { readonly code?: string; readonly retryAfterSeconds?: number };
  }[];
}
