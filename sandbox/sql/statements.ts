import type { CastTarget, Condition, Expression, Query } from './ast.ts';

export interface ProcedureArgument {
  /** The name with the at sign; null for a positional argument. */
  readonly name: string | null;
  readonly value: Expression;
  /** `@p = @v OUTPUT`: the variable takes what the procedure leaves in its parameter. */
  readonly output: boolean;
}

export interface Assignment {
  readonly name: string;
  readonly value: Expression;
}

export interface Insert {
  readonly is: 'insert';
  readonly table: string;
  /** Null: all, in the order of the table. */
  readonly columns: readonly string[] | null;
  readonly rows: Query;
  /** Whether the rows are a VALUES list. */
  readonly listed: boolean;
}

export interface Update {
  readonly is: 'update';
  readonly table: string;
  readonly set: readonly Assignment[];
  readonly where: Condition | null;
}

export interface Delete {
  readonly is: 'delete';
  readonly table: string;
  readonly where: Condition | null;
}

export type Statement =
  | {
      readonly is: 'declare';
      readonly name: string;
      readonly type: CastTarget;
      readonly value: Expression | null;
    }
  | { readonly is: 'set'; readonly name: string; readonly value: Expression }
  | { readonly is: 'option'; readonly option: 'NOCOUNT' | 'XACT_ABORT' | null; readonly on: boolean }
  | {
      readonly is: 'execute';
      readonly into: string | null;
      readonly procedure: string;
      readonly args: readonly ProcedureArgument[];
    }
  | {
      readonly is: 'if';
      readonly condition: Condition;
      readonly yes: readonly Statement[];
      readonly no: readonly Statement[];
    }
  | { readonly is: 'try'; readonly body: readonly Statement[]; readonly caught: readonly Statement[] }
  | { readonly is: 'transaction'; readonly action: 'begin' | 'commit' | 'rollback' }
  | { readonly is: 'return' }
  | { readonly is: 'query'; readonly query: Query }
  | { readonly is: 'assign'; readonly query: Query; readonly names: readonly string[] }
  | Insert
  | Update
  | Delete;
