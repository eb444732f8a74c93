import type { LocalDate } from '../time/types.ts';
import {
  type BookReader,
  createBookReader,
  type ReaderOptions,
  type WatchedPractice,
} from './book-reader.ts';
import type { BookRange } from './book-row.ts';
import type { BookSubscription } from './book-subscription.ts';
import { pollingDetector } from './detector.ts';
import { createQueryHints, type QueryHints } from './query-hints.ts';
import { systemTimers, type Timers } from './timers.ts';
import { type BookRequest, Watch } from './watch.ts';

export interface LiveSettings {
  /** Seconds between two looks that read the practice's book. */
  readonly pollSeconds: number;
  /** For how long a book stays watched after its last subscriber has left. */
  readonly graceSeconds: number;
}

export const defaultLiveSettings: LiveSettings = { pollSeconds: 60, graceSeconds: 30 };

/** How old what a snapshot says of patients and users can be. */
const maxSnapshotSeconds = 300;
/** What one read is expected to take at most. */
const readSeconds = 10;

export interface LiveBooksOptions extends ReaderOptions {
  readonly liveSettings?: LiveSettings | undefined;
  /** @default those of the system */
  readonly timers?: Timers | undefined;
  /** What webhooks report. @default nothing */
  readonly queryHints?: QueryHints | undefined;
}

/** What is watched at the moment. */
export interface LiveCounts {
  readonly watches: number;
  readonly subscriptions: number;
}

/** The appointment books that are watched by this process. */
export interface LiveBooks {
  /** The subscriber must be allowed to read the practice. Ends when its `return` is called. */
  subscribe(practice: WatchedPractice, range: BookRange, request: BookRequest): BookSubscription;
  /**
   * A write through this API may have changed these appointments, one of which may now be on this date. Without ids, one may
   * have been booked on it.
   */
  written(
    practice: Pick<WatchedPractice, 'pms' | 'bpSiteId'>,
    ids: readonly string[],
    date: LocalDate | null,
  ): void;
  readonly hints: QueryHints;
  counts(): LiveCounts;
  /** Ends every watch. Never rejects. */
  close(): Promise<void>;
}

interface Watched {
  readonly practice: WatchedPractice;
  readonly watch: Watch;
  cancelGrace: () => void;
}

export function createLiveBooks(options: LiveBooksOptions): LiveBooks {
  const { liveSettings: settings = defaultLiveSettings, timers = systemTimers, log } = options;
  const { queryHints: hints = createQueryHints() } = options;
  const watches = new Map<string, Watched>();

  function open(practice: WatchedPractice, range: BookRange, key: string): Watched {
    const reader: BookReader = createBookReader(practice, options);
    const { pollSeconds } = settings;
    const detector = pollingDetector(reader, range, { pollSeconds, readSeconds });
    const watch = new Watch({ range, reader, detector, timers, log, maxSnapshotSeconds, onIdle });
    const watched: Watched = { practice, watch, cancelGrace: () => {} };
    watches.set(key, watched);
    return watched;

    function onIdle(): void {
      watched.cancelGrace();
      watched.cancelGrace = timers.after(settings.graceSeconds * 1000, () => {
        watches.delete(key);
        void watch.close();
      });
    }
  }

  return {
    subscribe(practice, range, request) {
      const key = keyOf(practice, range);
      const watched = watches.get(key) ?? open(practice, range, key);
      watched.cancelGrace();
      return watched.watch.subscribe(request);
    },
    written({ pms, bpSiteId }, ids, date) {
      for (const { practice, watch } of watches.values()) {
        if (practice.pms === pms && practice.bpSiteId === bpSiteId) watch.written(ids, date);
      }
    },
    hints,
    counts() {
      let subscriptions = 0;
      for (const { watch } of watches.values()) subscriptions += watch.subscribers;
      return { watches: watches.size, subscriptions };
    },
    async close() {
      const all = [...watches.values()];
      watches.clear();
      for (const { cancelGrace } of all) cancelGrace();
      await Promise.all(all.map(({ watch }) => watch.close()));
    },
  };
}

const keyOf = ({ pms, bpSiteId, simulatedFault }: WatchedPractice, { from, to }: BookRange): string =>
  JSON.stringify([pms, bpSiteId, from, to, simulatedFault ?? null]);
