import type { SharedLogs } from './shared-log.ts';

export interface Leadership {
  /** The replica that leads. */
  readonly leader: string;
  /** Whether it is this one. */
  readonly leads: boolean;
}

/** Messages between replicas of one deployment, about the books that they watch. */
export interface ReplicaChannel {
  readonly logs: SharedLogs;
  /** Sends a message to the other replicas. If it is lost, `listen` passes null to the replicas that missed it. */
  publish(message: object): void;
  /** @param listener gets each message of another replica, and null when messages may have been lost */
  listen(listener: (message: object | null) => void): () => void;
  /**
   * Registers this replica under this name. If the leader does not call this again in time, another replica leads. Throws
   * RedisAway.
   * @param ms how long the registration lasts
   */
  join(name: string, ms?: number): Promise<Leadership>;
  /** Removes this replica. Returns how many remain. Throws RedisAway. */
  leave(name: string): Promise<number>;
  /** Whether any replica is registered. Throws RedisAway. */
  isWatched(name: string): Promise<boolean>;
}
