/** Changes of the watched books: by the front desks, and by writes through the facade. Each changes another appointment. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../client.ts';
import { booking, type PracticeWork, pick } from '../work.ts';
import type { HaloCloud } from './halo-cloud.ts';
import type { Row } from './subscriber.ts';

export interface MadeChange {
  readonly bpSiteId: string;
  readonly pmsId: string;
  /** Of `performance.now()`: after it was made. */
  readonly at: number;
  readonly by: 'desk' | 'facade';
}

export interface ChangesOptions {
  readonly haloCloud: HaloCloud;
  /** A client of each running replica. */
  readonly clients: () => readonly Client[];
  /** Their `times` lie in the watched range. */
  readonly practices: readonly PracticeWork[];
  /** Booked appointments in the book of a practice. */
  readonly bookedIn: (bpSiteId: string) => readonly Row[];
  /** Whether the practice can be written to now. */
  readonly isUp: (bpSiteId: string) => boolean;
}

/** Ten changes a second. */
const everyMs = 100;

export class Changes {
  readonly made: MadeChange[] = [];
  readonly #options: ChangesOptions;
  readonly #touched = new Set<string>();
  readonly #pending = new Set<Promise<void>>();
  #count = 0;

  constructor(options: ChangesOptions) {
    this.#options = options;
  }

  async run(forMs: number): Promise<void> {
    const until = performance.now() + forMs;
    while (performance.now() < until) {
      const change = this.#change();
      this.#pending.add(change);
      void change.finally(() => this.#pending.delete(change));
      await pause(everyMs);
    }
    await Promise.all(this.#pending);
  }

  async #change(): Promise<void> {
    const practice = pick(this.#options.practices);
    const { bpSiteId } = practice;
    this.#count += 1;
    const byFacade = this.#count % 3 === 0;
    const pmsId = byFacade ? await this.#book(practice) : await this.#atDesk(practice);
    if (pmsId === undefined) return;
    this.made.push({ bpSiteId, pmsId, at: performance.now(), by: byFacade ? 'facade' : 'desk' });
  }

  async #book({ bpSiteId, times, patientIds }: PracticeWork): Promise<string | undefined> {
    const time = times.splice(Math.floor(Math.random() * times.length), 1)[0];
    if (!time || !this.#options.isUp(bpSiteId)) return undefined;
    const key = `live-${bpSiteId}-${this.#count}`;
    const input = { bpSiteId, ...time, patientId: pick(patientIds), typeId: '1', idempotencyKey: key };
    const { outcome, data } = await pick(this.#options.clients()).execute(booking, { input });
    if (outcome !== 'OK') return undefined;
    return (data as { bookAppointment: { appointment: { pmsId: string } } }).bookAppointment.appointment
      .pmsId;
  }

  async #atDesk({ bpSiteId, times, patientIds }: PracticeWork): Promise<string | undefined> {
    const { haloCloud, bookedIn } = this.#options;
    const untouched = bookedIn(bpSiteId).filter(({ pmsId }) => !this.#touched.has(`${bpSiteId} ${pmsId}`));
    const kind = untouched.length === 0 ? 'add' : pick(['add', 'cancel', 'arrive', 'move']);
    if (kind === 'add') {
      const time = times.splice(Math.floor(Math.random() * times.length), 1)[0];
      if (!time) return undefined;
      const [date = '', wall = ''] = time.start.split('T');
      const [hours = 0, minutes = 0] = wall.split(':').map(Number);
      const add = {
        ...{ userId: Number(time.userId), date, time: hours * 3600 + minutes * 60, length: 900 },
        ...{ patientId: Number(pick(patientIds)), locationId: 1, typeId: 1, reason: null },
      };
      return haloCloud.atDesk(bpSiteId, { add });
    }
    const row = pick(untouched);
    this.#touched.add(`${bpSiteId} ${row.pmsId}`);
    const id = Number(row.pmsId);
    if (kind === 'cancel') return haloCloud.atDesk(bpSiteId, { cancel: id });
    const columns =
      kind === 'arrive' ? { APPOINTMENTCODE: 2, ARRIVALTIME: 32_400 } : { APPOINTMENTTIME: 25_200 };
    return haloCloud.atDesk(bpSiteId, { change: id, columns });
  }
}
