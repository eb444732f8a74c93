/** What the other replicas say of a practice's site, weighed against what this process knows itself. */
import { LRUCache } from 'lru-cache';
import { PracticeIdentityChanged } from '../../../errors.ts';
import type { SharedAnswer, SharedSite, SharedSites } from '../../../store/shared-sites.ts';
import { type Held, keyOf, type PracticeKey, type SitesMemory } from './sites-memory.ts';

export interface Heard {
  /** What is known now; undefined where only a look-up can tell. */
  readonly held: Held | undefined;
  /** Of the answer, if there was one: what is looked up after it is told with it. */
  readonly version: string | undefined;
}

export interface ReplicaSync {
  /** Whether the others were asked, or told, so lately that what is known is used without asking them. */
  isRecent(key: string): boolean;
  /** One question for all who come meanwhile. */
  hear(practice: PracticeKey): Promise<Heard>;
  /** The version with which a look-up that begins now is told. */
  version(key: string): Promise<string | undefined>;
  /** This process has looked the practice up. Not told without a version: its place in the order is not known. */
  tell(held: Held, version: string | undefined): void;
  /** This process was refused at the GUID. */
  drop(key: string, haloGuid: string): void;
}

export interface ReplicaSyncOptions {
  readonly shared: SharedSites;
  readonly memory: SitesMemory;
  readonly ttlMs: number;
  readonly recheckMs: number;
  readonly clock: () => number;
}

type Known = NonNullable<SharedAnswer['known']>;

export function createReplicaSync({
  shared,
  memory,
  ttlMs,
  recheckMs,
  clock,
}: ReplicaSyncOptions): ReplicaSync {
  const questions = new Map<string, Promise<Heard>>();
  const checked = new LRUCache<string, number>({ max: 10_000 });
  /** The GUID last refused to this process, and when. */
  const refused = new LRUCache<string, { haloGuid: string; at: number }>({ max: 10_000 });

  function weigh(practice: PracticeKey, answer: SharedAnswer | null): Heard {
    const key = keyOf(practice);
    checked.set(key, clock());
    const own = memory.recall(key);
    if (!answer) return { held: own, version: undefined };
    const { known, dropped, version } = answer;
    const held = known && isNews(key, known, own) ? believed(practice, known) : undefined;
    if (held) return { held, version };
    if (!own) return { held: undefined, version };
    if (known?.site.haloGuid === own.site.haloGuid) return { held: own, version };
    // Which of two GUIDs is the later one is not for two clocks to say: a look-up decides, and is told.
    if (known || dropped) {
      if (dropped) memory.forget(key, dropped.haloGuid, Number.POSITIVE_INFINITY);
      return { held: undefined, version };
    }
    tell(own, version);
    return { held: own, version };
  }

  function isNews(key: string, { site, ageMs }: Known, own: Held | undefined): boolean {
    const askedAt = clock() - ageMs;
    const refusal = refused.get(key);
    const wasRefused = refusal?.haloGuid === site.haloGuid && askedAt <= refusal.at;
    return ageMs < ttlMs && !wasRefused && (!own || askedAt >= own.askedAt);
  }

  /** Undefined where it contradicts what this process holds the practice to. */
  function believed(practice: PracticeKey, { site, ageMs }: { site: SharedSite; ageMs: number }) {
    try {
      const held = memory.believe(practice, { ...site, pmsSiteId: null }, clock() - ageMs, () => 0);
      memory.own(site.haloGuid, practice);
      return held;
    } catch (error) {
      if (error instanceof PracticeIdentityChanged) return undefined;
      throw error;
    }
  }

  /** The registry is each process's own. */
  function tell({ site, askedAt }: Held, version: string): void {
    if (Number.isFinite(askedAt)) shared.tell(keyOf(site), site, version, clock() - askedAt, ttlMs);
  }

  return {
    isRecent: (key) => clock() - (checked.get(key) ?? Number.NEGATIVE_INFINITY) < recheckMs,
    hear(practice) {
      const key = keyOf(practice);
      const asked = questions.get(key);
      if (asked) return asked;
      const question = shared
        .ask(key)
        .then((answer) => weigh(practice, answer))
        .finally(() => questions.delete(key));
      questions.set(key, question);
      return question;
    },
    version: async (key) => (await shared.ask(key))?.version,
    tell(held, version) {
      checked.set(keyOf(held.site), clock());
      if (version !== undefined) tell(held, version);
    },
    drop(key, haloGuid) {
      refused.set(key, { haloGuid, at: clock() });
      shared.drop(key, haloGuid, ttlMs);
    },
  };
}
