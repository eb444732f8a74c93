import { type BookEvent, takeCost } from '../../src/live/book-events.ts';
import { type BookRange, bookRow, isInBook } from '../../src/live/book-row.ts';
import type { BookSubscription } from '../../src/live/book-subscription.ts';
import { settled } from './manual-timers.ts';

/** What docs/live.md says that a client does with the events. */
export class BookClient {
  readonly #range: BookRange;
  readonly userIds: readonly string[] | null;
  readonly events: BookEvent[] = [];
  #stream: BookSubscription | null = null;
  #waiting = false;
  #rows = new Map<string, string>();
  /** `open`: no event yet. */
  state: 'open' | 'live' | 'gap' | 'failed' = 'open';
  cursor: string | null = null;
  readonly faults: string[] = [];

  constructor(range: BookRange, userIds: readonly string[] | null) {
    this.#range = range;
    this.userIds = userIds;
  }

  get isOpen(): boolean {
    return this.#stream !== null;
  }

  /** The ids with their newest state. */
  book(): string[] {
    return [...this.#rows].map(([id, text]) => `${id} ${text}`).sort();
  }

  open(stream: BookSubscription): void {
    this.#stream = stream;
    this.#waiting = false;
    this.state = 'open';
  }

  async close(): Promise<void> {
    await this.#stream?.return();
    this.#stream = null;
    await settled();
  }

  /** Takes every event that there is. */
  async pull(): Promise<void> {
    const stream = this.#stream;
    while (stream && stream === this.#stream && !this.#waiting) {
      this.#waiting = true;
      void stream.next().then(({ value }) => {
        if (stream !== this.#stream) return;
        this.#waiting = false;
        if (value) this.#apply(value);
        else this.#stream = null;
      });
      await settled();
    }
  }

  #apply(event: BookEvent): void {
    this.events.push(event);
    takeCost(event);
    if (event.kind === 'failed') {
      this.state = 'failed';
      return;
    }
    if (event.kind === 'gap') {
      if (this.state === 'gap') this.faults.push('a gap was reported twice');
      this.state = 'gap';
      return;
    }
    if (event.kind === 'changed') {
      if (this.state === 'gap') this.faults.push('changes came after a gap without a snapshot');
      for (const { appointment } of event.changes) this.#set(appointment);
    } else {
      this.#rows = new Map();
      for (const each of event.appointments) this.#set(each);
    }
    this.state = 'live';
    this.cursor = event.cursor;
  }

  #set(appointment: Parameters<typeof bookRow>[0]): void {
    const row = bookRow(appointment);
    const isMine = this.userIds === null || this.userIds.includes(row.userId ?? '');
    if (isMine && isInBook(row, this.#range)) this.#rows.set(row.pmsId, `${row.stamp} ${appointment.reason}`);
    else this.#rows.delete(row.pmsId);
  }
}
