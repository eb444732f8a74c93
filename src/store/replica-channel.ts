import type { SharedLogs } from './shared-log.ts';

export interface Leadership {
  /** The replica that leads. */
  readonly leader: string;
  /** Whether it is this one. */
  readonly leads: boolean;
}

/** What replicas of one deployment send to one another about the books that they watch. */
export interface ReplicaChannel {
  readonly logs: SharedLogs;
  /** Sends a message to the other replicas. It may be lost: then `listen` reports a doubt to those who missed it. */
  publish(message: object): void;
  /** @param listener gets each message of another replica, and null when messages may have been lost */
  listen(listener: (message: object | null) => void): () => void;
  /**
   * Takes part in watching under this name for some seconds. Another replica leads when the leader has not called it for that
   * long. Throws RedisAway.
   * @param ms how long, in ms
   */
  join(name: string, ms?: number): Promise<Leadership>;
  /** Ends taking part. How many others still do. Throws RedisAway. */
  leave(name: string): Promise<number>;
  /** Whether any replica takes part. Throws RedisAway. */
  isWatched(name: string): Promise<boolean>;
}
