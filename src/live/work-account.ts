import type { CostReport, Notice } from '../datasources/halo-cloud/halo-session.ts';
import { addCosts } from '../datasources/halo-cloud/transport/add-costs.ts';
import type { BookReader } from './book-reader.ts';

/** The cost of upstream calls that no event has reported yet. */
export class WorkAccount {
  readonly #reader: Pick<BookReader, 'takeWork'>;
  #cost: CostReport = addCosts([]);
  #notices = new Map<string, Notice>();
  /** Whether a call found the practice at another site. */
  hasMoved = false;

  constructor(reader: Pick<BookReader, 'takeWork'>) {
    this.#reader = reader;
  }

  /** Adds the calls that have ended. */
  collect(): void {
    const reports = this.#reader.takeWork();
    if (reports.length === 0) return;
    this.#cost = addCosts([this.#cost, ...reports.map(({ cost }) => cost)]);
    for (const notice of reports.flatMap(({ notices }) => notices)) {
      this.addNotice(notice);
      if (notice.code === 'SITE_MOVED') this.hasMoved = true;
    }
  }

  addNotice(notice: Notice): void {
    this.#notices.set(`${notice.code} ${notice.currentHaloGuid ?? ''}`, notice);
  }

  take(): { readonly cost: CostReport; readonly notices: readonly Notice[] } {
    const taken = { cost: this.#cost, notices: [...this.#notices.values()] };
    this.#cost = addCosts([]);
    this.#notices = new Map();
    return taken;
  }
}
