/** The interface of a source: what it supports and what it costs. */
import type { DataSource } from '../domain/pms.ts';
import type { Sized } from '../domain/sized.ts';
import type { PracticeData } from './port.ts';
import type { PracticeWrites, WriteQuestion } from './write-port.ts';

/** A method of the port and its argument. */
export type Question = {
  [M in keyof PracticeData]: {
    readonly method: M;
    readonly query: Parameters<PracticeData[M]>[0];
  };
}[keyof PracticeData];

/** A question as far as its price depends on it. Every `Question` is one. */
export type PricedQuestion = {
  [M in keyof PracticeData]: {
    readonly method: M;
    readonly query: Sized<Parameters<PracticeData[M]>[0]>;
  };
}[keyof PracticeData];

/** Data that an operation reads at most once for each practice. Each costs one charged call. */
export type ReadOnce = 'locations' | 'clinicHours';

/**
 * The most charged calls of a question, while Halo Cloud and the practice respond without faults. A repeated read, a cut
 * connection or a lost response cost more.
 */
export interface UpperBound {
  /** Not counting data that is read once. */
  readonly calls: number;
  readonly once?: readonly ReadOnce[];
  /** The source may find out only from the response that this site cannot answer. Then the next source is queried as well. */
  readonly mayDecline?: true;
  /** Among sources with the same bound, this one is preferred. @default the Bp Premier API is preferred */
  readonly winsTie?: true;
}

export interface WriteBound extends UpperBound {
  /** The same call returns what was changed, so that it need not be read afterwards. Wins a tie. */
  readonly readsBack?: true;
  /** The statement is an assumption: another source is preferred, whatever it costs. */
  readonly assumed?: true;
}

export type WriteBounds = Readonly<Record<keyof PracticeWrites, WriteBound | null>>;

/** What a source costs. Null: it never supports this. */
export interface SourceBounds {
  readonly source: DataSource;
  readonly reads: {
    readonly [M in keyof PracticeData]: (query: Sized<Parameters<PracticeData[M]>[0]>) => UpperBound | null;
  };
  readonly writes: WriteBounds;
  /** Whether it supports every question with a bound at every Bp Premier practice. */
  readonly supportsAll: boolean;
}

export type Support =
  | {
      readonly can: true;
      /** The selected fields that this source leaves null. `auto` prefers a source that knows them, if there is one. */
      readonly leavesOut?: string;
      /** For a write: the statement is an assumption. `auto` prefers a source that needs none. */
      readonly assumed?: true;
    }
  | {
      readonly can: false;
      /** For the person in GraphiQL: which part of the question this source does not know at this site. */
      readonly reason: string;
    };

export interface SourceAdapter {
  readonly source: DataSource;
  readonly data: PracticeData;
  readonly writes: PracticeWrites;
  readonly bounds: SourceBounds;
  /** Whether it can answer this question at this site. May read the site's CapabilityStatement (cached, not charged). */
  supports(question: Question): Support | Promise<Support>;
  supportsWrite(write: WriteQuestion): Support | Promise<Support>;
  /** Drops cached data of this operation. Called after hours were written. */
  forget(): void;
}
