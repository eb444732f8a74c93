/** Syntax tree of the supported T-SQL. Value expressions and conditions are separate, as in T-SQL. */
export type Expression =
  | { readonly is: 'text'; readonly value: string; readonly unicode: boolean }
  | { readonly is: 'number'; readonly value: string }
  /** In hexadecimal. */
  | { readonly is: 'binary'; readonly value: string }
  | { readonly is: 'null' }
  | { readonly is: 'variable'; readonly name: string }
  | { readonly is: 'column'; readonly path: readonly string[] }
  | { readonly is: 'star'; readonly qualifier: string | null }
  | { readonly is: 'sign'; readonly sign: '-' | '+'; readonly operand: Expression }
  | {
      readonly is: 'arithmetic';
      readonly operator: '+' | '-' | '*' | '/' | '%';
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly is: 'call';
      readonly name: string;
      readonly args: readonly Expression[];
      readonly distinct: boolean;
      readonly over: Window | null;
    }
  | {
      readonly is: 'cast';
      readonly operand: Expression;
      readonly target: CastTarget;
      readonly style: number | null;
    }
  | {
      readonly is: 'case';
      readonly branches: readonly { readonly when: Condition; readonly value: Expression }[];
      readonly otherwise: Expression | null;
    }
  | { readonly is: 'iif'; readonly condition: Condition; readonly yes: Expression; readonly no: Expression }
  | { readonly is: 'subquery'; readonly query: Query }
  | { readonly is: 'collate'; readonly operand: Expression; readonly collation: string };

export type Condition =
  | { readonly is: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly is: 'not'; readonly operand: Condition }
  | {
      readonly is: 'compare';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly is: 'between';
      readonly negated: boolean;
      readonly operand: Expression;
      readonly low: Expression;
      readonly high: Expression;
    }
  | {
      readonly is: 'in';
      readonly negated: boolean;
      readonly operand: Expression;
      readonly list: readonly Expression[] | Query;
    }
  | {
      readonly is: 'like';
      readonly negated: boolean;
      readonly operand: Expression;
      readonly pattern: Expression;
      readonly escape: Expression | null;
    }
  | { readonly is: 'isNull'; readonly negated: boolean; readonly operand: Expression }
  | { readonly is: 'exists'; readonly query: Query };

export interface CastTarget {
  /** Lower case: `int`, `varchar`. */
  readonly name: string;
  /** The precision of a decimal. */
  readonly length: number | 'max' | null;
  readonly scale?: number;
}

export interface Order {
  readonly by: Expression;
  readonly descending: boolean;
}

export interface Window {
  readonly partition: readonly Expression[];
  readonly order: readonly Order[];
}

export interface SelectItem {
  readonly value: Expression;
  readonly alias: string | null;
  /** The variable that `SELECT @v = ...` sets. */
  readonly into?: string;
}

export type FromItem =
  | { readonly is: 'table'; readonly name: string; readonly alias: string }
  | {
      readonly is: 'derived';
      readonly query: Query;
      readonly alias: string;
      readonly columns: readonly string[] | null;
    }
  | {
      readonly is: 'values';
      readonly rows: readonly (readonly Expression[])[];
      readonly alias: string;
      readonly columns: readonly string[];
    }
  | {
      readonly is: 'join';
      readonly type: string;
      readonly left: FromItem;
      readonly right: FromItem;
      readonly on: Condition | null;
    };

export interface Select {
  readonly distinct: boolean;
  readonly top: Expression | null;
  readonly items: readonly SelectItem[];
  readonly from: FromItem | null;
  readonly where: Condition | null;
  readonly group: readonly Expression[];
  readonly having: Condition | null;
}

export interface Query {
  readonly with: readonly {
    readonly name: string;
    readonly columns: readonly string[] | null;
    readonly query: Query;
  }[];
  /** One select, or several joined by the operators between them. */
  readonly arms: readonly (Select | Query)[];
  readonly operators: readonly string[];
  readonly order: readonly Order[];
  readonly offset: Expression | null;
  readonly fetch: Expression | null;
}

export function isQuery(arm: Select | Query): arm is Query {
  return 'arms' in arm;
}
