import type { ReplicaChannel } from '../store/replica-channel.ts';
import type { CountLive } from '../telemetry/live-counts.ts';
import type { LocalDate } from '../time/types.ts';
import {
  type BookReader,
  createBookReader,
  type ReaderOptions,
  type WatchedPractice,
} from './book-reader.ts';
import type { BookRange } from './book-row.ts';
import type { BookSubscription } from './book-subscription.ts';
import { type Detector, pollingDetector } from './detector.ts';
import { FallbackDetector } from './fallback-detector.ts';
import { LedDetector } from './led-detector.ts';
import { createOrphanQueries } from './orphan-queries.ts';
import { createQueryHints, type QueryHints, type WebhookEvents } from './query-hints.ts';
import { bookName, RegisteredDetector } from './registered-detector.ts';
import { createReplicaHints } from './replica-hints.ts';
import { SharedBook } from './shared-book.ts';
import { systemTimers, type Timers } from './timers.ts';
import { type BookRequest, Watch } from './watch.ts';

export interface LiveSettings {
  /** `auto`: by registered queries if the site has them. `poll`: by reading the book at intervals. */
  readonly source: 'auto' | 'poll';
  /** Names this deployment in the names of its registered queries. */
  readonly deployment: string;
  /** Seconds between two checks of the status of a registered query. */
  readonly statusSeconds: number;
  /** Seconds between two reads of the practice's book. */
  readonly pollSeconds: number;
  /** How long a book stays watched after its last subscriber has left. */
  readonly graceSeconds: number;
}

const defaultLiveSettings: LiveSettings = {
  source: 'poll',
  deployment: 'default',
  statusSeconds: 10,
  pollSeconds: 60,
  graceSeconds: 30,
};

/** Maximum age of the details of patients and users in a snapshot. */
const maxSnapshotSeconds = 300;
/**
 * How long a polled book is kept, so that the next poll gets the changes since then. Nothing is detected meanwhile.
 */
const polledSeconds = 900;
/** Expected maximum duration of one read. */
const readSeconds = 10;

export interface LiveBooksOptions extends ReaderOptions {
  readonly liveSettings?: LiveSettings | undefined;
  /** @default the timers of the system */
  readonly timers?: Timers | undefined;
  /** The other replicas. @default none */
  readonly replicas?: ReplicaChannel | undefined;
  /** Counts events and gaps. */
  readonly count?: CountLive | undefined;
}

/** The books that are watched at the moment. */
export interface LiveCounts {
  readonly watches: number;
  readonly subscriptions: number;
  /** Watched books whose changes this replica detects. */
  readonly leads: number;
  /** Watched books that may be out of date. */
  readonly gaps: number;
}

export interface WatchedBook {
  readonly bpSiteId: string;
  readonly subscribers: number;
}

/** The watched appointment books of this process. */
export interface LiveBooks extends WebhookEvents {
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
  /**
   * Cancels what a crash left running at these practices for this deployment, one practice after the other. It costs no
   * charged call. Never rejects.
   */
  cancelOrphans(bpSiteIds: readonly string[]): Promise<void>;
  readonly hints: QueryHints;
  readonly timers: Timers;
  counts(): LiveCounts;
  /** The watched books of Bp Premier's practices, one entry for each. */
  watched(): readonly WatchedBook[];
  /** Ends every watch. Never rejects. */
  close(): Promise<void>;
}

interface Watched {
  readonly practice: WatchedPractice;
  readonly range: BookRange;
  readonly watch: Watch;
  cancelGrace: () => void;
  /** Milliseconds since 1970. */
  polledUntil: number;
}

export function createLiveBooks(options: LiveBooksOptions): LiveBooks {
  const { liveSettings: settings = defaultLiveSettings, timers = systemTimers, log } = options;
  const { replicas, count } = options;
  const localHints = createQueryHints();
  const hints = replicas ? createReplicaHints(localHints, replicas) : localHints;
  const orphans = createOrphanQueries({ deployment: settings.deployment, log });
  const watches = new Map<string, Watched>();
  let isClosed = false;

  function open(practice: WatchedPractice, range: BookRange, key: string): Watched {
    const reader: BookReader = createBookReader(practice, options);
    const { pollSeconds } = settings;
    const polling = pollingDetector(reader, range, { pollSeconds, readSeconds });
    const own =
      settings.source === 'poll' || practice.pms !== 'BEST_PRACTICE'
        ? polling
        : new FallbackDetector(registered(), polling, { timers, log });
    // Simulated faults belong to one caller, so the book is not shared.
    const led =
      replicas && practice.simulatedFault === undefined
        ? new LedDetector({
            ...{ detector: own, replicas, name: nameOf(practice, bookName(range)), timers },
            onLead: () => watch.catchUp(),
            onFollow: () => watch.follow(),
            onDoubt: (error) => watch.doubt(error),
          })
        : undefined;
    const shared =
      replicas &&
      led &&
      new SharedBook({
        logs: replicas.logs,
        name: nameOf(practice, bookName(range)),
        leadership: led,
        onWritten: () => replicas.publish({ kind: 'log', key }),
      });
    const detector: Detector = led ?? own;
    const watch: Watch = new Watch({
      ...{ range, reader, detector, timers, log, maxSnapshotSeconds, onIdle, shared, count },
    });
    const watched: Watched = { practice, range, watch, cancelGrace: () => {}, polledUntil: 0 };
    watches.set(key, watched);
    return watched;

    function registered(): RegisteredDetector {
      const { statusSeconds } = settings;
      return new RegisteredDetector({
        ...{ reader, range, orphans, statusSeconds, readSeconds, hints, timers, log },
        onHint: () => {
          count?.hint('webhook');
          watch.hint();
        },
        isWatched: (book) => isWatched(practice, book),
      });
    }

    function onIdle(): void {
      watched.cancelGrace();
      if (isClosed) return;
      if (watch.failed) {
        remove();
        return;
      }
      const leftSeconds = Math.max(0, watched.polledUntil - timers.now()) / 1000;
      watched.cancelGrace = timers.after(settings.graceSeconds * 1000, () => {
        if (leftSeconds <= settings.graceSeconds) return remove();
        void watch.sleep();
        watched.cancelGrace = timers.after((leftSeconds - settings.graceSeconds) * 1000, remove);
      });
    }

    function remove(): void {
      watched.cancelGrace();
      if (watches.get(key) === watched) watches.delete(key);
      void watch.close();
    }
  }

  const isWatched = (place: Place, book: string): boolean | Promise<boolean> =>
    replicas?.isWatched(nameOf(place, book)) ??
    [...watches.values()].some(({ practice, range }) => isSame(practice, place) && bookName(range) === book);

  function written(place: Place, ids: readonly string[], date: LocalDate | null): void {
    for (const { practice, watch } of watches.values()) {
      if (isSame(practice, place)) watch.written(ids, date);
    }
  }

  const stopListening = replicas?.listen((message) => {
    if (message === null) {
      for (const { watch } of watches.values()) watch.catchUp();
      return;
    }
    const { kind, ...sent } = message as Partial<ReplicaMessage>;
    if (kind === 'log') watches.get(sent.key ?? '')?.watch.hint();
    else if (kind === 'written' && sent.place) written(sent.place, sent.ids ?? [], sent.date ?? null);
    else if (kind === 'hint') localHints.onQueryCompleted(sent.queryId ?? '', sent.siteId ?? '');
  });

  return {
    subscribe(practice, range, request) {
      const key = keyOf(practice, range);
      const watched = watches.get(key) ?? open(practice, range, key);
      watched.cancelGrace();
      if (request.isPoll) watched.polledUntil = timers.now() + polledSeconds * 1000;
      return watched.watch.subscribe(request);
    },
    written({ pms, bpSiteId }, ids, date) {
      const place = { pms, bpSiteId };
      written(place, ids, date);
      replicas?.publish({ kind: 'written', place, ids, date });
    },
    onQueryCompleted: (queryId, siteId) => hints.onQueryCompleted(queryId, siteId),
    hints,
    timers,
    async cancelOrphans(bpSiteIds) {
      if (settings.source === 'poll') return;
      for (const bpSiteId of bpSiteIds) {
        if (isClosed) return;
        const place = { pms: 'BEST_PRACTICE' as const, bpSiteId };
        const reader = createBookReader(place, options);
        await reader
          .run(async ({ sqlSite }) => {
            const found = await sqlSite.registeredQueries();
            await orphans.cancel(sqlSite, found, (book) => isWatched(place, book));
          })
          .catch((error: unknown) => log.debug({ err: error }, 'Registered queries could not be listed'));
      }
    },
    counts() {
      const all = [...watches.values()].map(({ watch }) => watch);
      return {
        watches: all.length,
        subscriptions: all.reduce((sum, { subscribers }) => sum + subscribers, 0),
        leads: all.filter(({ detects }) => detects).length,
        gaps: all.filter(({ inGap }) => inGap).length,
      };
    },
    watched: () =>
      [...watches.values()]
        .filter(({ practice: { pms } }) => pms === 'BEST_PRACTICE')
        .map(({ practice: { bpSiteId }, watch: { subscribers } }) => ({ bpSiteId, subscribers })),
    async close() {
      isClosed = true;
      stopListening?.();
      const all = [...watches.values()];
      watches.clear();
      for (const { cancelGrace } of all) cancelGrace();
      await Promise.all(all.map(({ watch }) => watch.close()));
    },
  };
}

/** `log`: the leader has written the log of a book. `written`: a write through this API. `hint`: a webhook. */
interface ReplicaMessage {
  readonly kind: 'log' | 'written' | 'hint';
  readonly key: string;
  readonly place: Place;
  readonly ids: readonly string[];
  readonly date: LocalDate | null;
  readonly queryId: string;
  readonly siteId: string;
}

const nameOf = ({ pms, bpSiteId }: Place, book: string): string => JSON.stringify([pms, bpSiteId, book]);

type Place = Pick<WatchedPractice, 'pms' | 'bpSiteId'>;

const isSame = (a: Place, b: Place): boolean => a.pms === b.pms && a.bpSiteId === b.bpSiteId;

const keyOf = ({ pms, bpSiteId, simulatedFault }: WatchedPractice, { from, to }: BookRange): string =>
  JSON.stringify([pms, bpSiteId, from, to, simulatedFault ?? null]);
