/** A position in a log. Numbers of different runs say nothing about one another. */
export interface LogPosition {
  readonly run: string;
  readonly seq: number;
}

export interface SharedEntries extends LogPosition {
  /** The replica that wrote it last. */
  readonly writer: string;
  /** Why the log has stopped; empty while it goes on. */
  readonly stopped: string;
  /** In order, without holes, up to `seq`. */
  readonly entries: readonly { readonly seq: number; readonly content: string }[];
}

/** Logs that replicas share: one replica writes each, the others read it. Each method throws RedisAway. */
export interface SharedLogs {
  /** Begins again at this position, without entries. */
  begin(name: string, position: LogPosition): Promise<void>;
  /** Adds an entry after this position. False: the log is at another one, so another replica writes it. */
  append(name: string, position: LogPosition, content: string): Promise<boolean>;
  /** Says why the log has stopped, until it begins again. */
  stop(name: string, reason: string): Promise<void>;
  /**
   * The entries after this position. All entries, if the position is null or belongs to another run. Null: there is no such
   * log.
   */
  since(name: string, position: LogPosition | null): Promise<SharedEntries | null>;
  /**
   * Something that several replicas need at the same moment: the first one loads it, the others get what it loaded. Whoever
   * waits too long loads it too.
   */
  once(name: string, load: () => Promise<string>): Promise<string>;
  /** Keeps something for the replicas that need it in the next moment. Never rejects. */
  offer(name: string, content: string): Promise<void>;
}
