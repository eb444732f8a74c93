import type { PracticeDatabase } from '../database/practice-database.ts';
import type { PracticeSpec } from '../practices.ts';
import type { Fields } from './sent-element.ts';

/** The data that a request reads. */
export interface Facade {
  readonly practice: PracticeSpec;
  readonly database: PracticeDatabase;
  /** `YYYY-MM-DD` at the practice. */
  readonly today: string;
  /** Wall time now at a location: `YYYY-MM-DDTHH:MM:SS`. */
  readonly now: (locationId: number) => string;
}

export interface FhirResource {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: unknown;
}

/** Takes a value into the statement and gives its name there. */
export type Bind = (value: string | number) => string;

/** SQL condition for one value of a parameter. Commas separate values. */
export type Test = (value: string, bind: Bind, facade: Facade) => string;

export interface SearchParameter {
  readonly name: string;
  readonly type: 'string' | 'token' | 'date' | 'reference';
  readonly documentation: string;
  /** Not documented publicly: absent where `PracticeSpec.assumedFhir` is false. */
  readonly assumed?: boolean;
  readonly test: Test;
}

/** One resource type over the tables that hold it. */
export interface ResourceKind {
  readonly type: string;
  /** Canonical of the AU Base profile. */
  readonly supportedProfile?: string;
  readonly assumed?: boolean;
  readonly parameters: readonly SearchParameter[];
  /** SQL: tables with their aliases, and the condition for a row to exist at all. */
  readonly from: string;
  readonly current: string;
  /** SQL expression of the logical id. */
  readonly id: string;
  /** Whether the logical id is a number of the database. */
  readonly numericId: boolean;
  /** SQL expressions in the order of a search without `_sort`. */
  readonly order: readonly string[];
  /** SQL expressions by `_sort` parameter. */
  readonly sorts: Readonly<Record<string, readonly string[]>>;
  /** SQL columns, `id` left out. */
  readonly columns: string;
  /** Resources of the rows (each with its `id`), in their order; deals with further tables in one statement each. */
  resources(rows: readonly never[], facade: Facade): readonly FhirResource[];
  /** The supported writes. The functions get the resource as sent, with its type and id checked. */
  readonly writes?: {
    /** Not documented publicly: not served where `PracticeSpec.assumedFhir` is false. */
    readonly assumed?: boolean;
    /** Returns the new logical id. */
    create?(resource: Fields, facade: Facade): string;
    update(current: FhirResource, resource: Fields, facade: Facade): void;
  };
}
