import type { CostReport, Notice } from '../datasources/halo-cloud/halo-session.ts';
import { addCosts } from '../datasources/halo-cloud/transport/add-costs.ts';
import type { WorkReport } from './book-reader.ts';

/** The cost of upstream calls that no event has reported yet. */
export class WorkAccount {
  #cost: CostReport = addCosts([]);
  #notices = new Map<string, Notice>();

  /** Whether the work found the practice at another site. */
  add(reports: readonly WorkReport[]): boolean {
    if (reports.length === 0) return false;
    this.#cost = addCosts([this.#cost, ...reports.map(({ cost }) => cost)]);
    const found = reports.flatMap(({ notices }) => notices);
    for (const notice of found) this.addNotice(notice);
    return found.some(({ code }) => code === 'SITE_MOVED');
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
