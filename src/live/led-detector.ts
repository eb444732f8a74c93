import { type HaloError, UpstreamFailed } from '../errors.ts';
import type { Leadership, ReplicaChannel } from '../store/replica-channel.ts';
import type { BookRow } from './book-row.ts';
import type { Detector } from './detector.ts';
import type { Timers } from './timers.ts';

/**
 * Seconds between two renewals of the membership. Without a renewal, another replica leads after three times this
 * time.
 */
const renewSeconds = 2;

export interface LedDetectorOptions {
  readonly detector: Detector;
  readonly replicas: ReplicaChannel;
  /** The name of the book, which is the same in all replicas. */
  readonly name: string;
  readonly timers: Timers;
  /** This replica leads from now on. */
  readonly onLead: () => void;
  /** Another replica leads from now on. */
  readonly onFollow: () => void;
  /** It is not known which replica leads. */
  readonly onDoubt: (error: HaloError) => void;
}

/** One of the replicas that watch a book detects its changes. The others follow. */
export class LedDetector implements Detector {
  readonly #options: LedDetectorOptions;
  #leadership: Leadership = nobody;
  #joined = false;
  /** Ends with the latest request to join. */
  #joining: Promise<unknown> = Promise.resolve();
  #cancelTimer: () => void = () => {};

  constructor(options: LedDetectorOptions) {
    this.#options = options;
  }

  get intervalSeconds(): number {
    return this.#options.detector.intervalSeconds;
  }

  get maxLagSeconds(): number {
    return this.#options.detector.maxLagSeconds + 4 * renewSeconds;
  }

  /** Whether this replica leads. */
  get leads(): boolean {
    return this.#leadership.leads;
  }

  /** The replica that leads. */
  get leader(): string {
    return this.#leadership.leader;
  }

  async start(): Promise<void> {
    this.#joined = true;
    const leadership = await this.#join();
    if (!this.#joined) return;
    this.#leadership = leadership;
    this.#planRenewal();
    if (this.leads) await this.#options.detector.start();
  }

  async detect(): Promise<ReadonlyMap<string, BookRow> | null> {
    return this.leads ? this.#options.detector.detect() : null;
  }

  bookChanged(): void {
    this.#options.detector.bookChanged?.();
  }

  async stop(): Promise<void> {
    this.#cancelTimer();
    const { joined, leads } = { joined: this.#joined, leads: this.leads };
    this.#joined = false;
    this.#leadership = nobody;
    if (!joined) return;
    const { replicas, name, detector } = this.#options;
    // A join that arrives after the leave would count as a replica, and the query would be left to it.
    await this.#joining;
    const others = await replicas.leave(name).catch(() => 0);
    // The next leader continues with the query at Halo Cloud. The last replica ends it, also if the leader left just
    // before.
    if (others > 0) detector.abandon?.();
    else if (leads) await detector.stop();
    else await detector.cancelLeft?.();
  }

  async #join(): Promise<Leadership> {
    const join = this.#options.replicas.join(this.#options.name);
    this.#joining = join.catch(() => {});
    try {
      return await join;
    } catch (cause) {
      throw new UpstreamFailed(null, { detail: 'Redis is away: nobody knows which replica leads', cause });
    }
  }

  #planRenewal(): void {
    this.#cancelTimer();
    if (!this.#joined) return;
    this.#cancelTimer = this.#options.timers.after(renewSeconds * 1000, () => void this.#renew());
  }

  /** Never rejects. */
  async #renew(): Promise<void> {
    const led = this.leads;
    try {
      const now = await this.#join();
      if (!this.#joined) return;
      this.#leadership = now;
      const { leads } = now;
      if (leads && !led) this.#options.onLead();
      if (led && !leads) {
        this.#options.detector.abandon?.();
        this.#options.onFollow();
      }
    } catch (error) {
      if (this.#joined) this.#options.onDoubt(error as HaloError);
    }
    this.#planRenewal();
  }
}

const nobody: Leadership = { leader: '', leads: false };
