/**
 * Builds a batch that checks conditions, calls a procedure of Bp Premier if none of them holds, and selects the result. It
 * is one charged call with one row. Halo Cloud does not return a procedure's RETURN value, so the batch selects it.
 */
import type { SelectList } from '../columns.ts';
import { lines } from '../statement.ts';

/** If the condition holds, the procedure is not called and `@refused` is the number. */
export type Refusal = readonly [number: number, condition: string];

export interface GuardedCall {
  /** Variables in addition to `@refused`, `@returned` and those of the lock: `@length INT`. */
  readonly variables?: readonly string[];
  /** Statements that determine the name of the lock. */
  readonly beforeLock?: readonly string[];
  /** A parameter or variable with the name of the lock, which is held from the checks to the call. Without it, no lock. */
  readonly lock?: string;
  /** Milliseconds that the batch waits for the lock. */
  readonly maxLockWaitMs: number;
  /** Statements that read the values that the call keeps. */
  readonly before?: readonly string[];
  /** The first condition that holds decides. */
  readonly refusals: readonly Refusal[];
  /** Without the schema: `BP_AddAppointment`. */
  readonly procedure: string;
  /** Arguments of the procedure by name: parameters and variables of the batch, or constants. */
  readonly with: Readonly<Record<string, string>>;
  /** Statements after the call, such as those that find the row to read back. */
  readonly after?: readonly string[];
  /** The columns that are selected at the end. */
  readonly list: SelectList;
  /** The table and condition of the row that is read back. It is joined to a row that always exists. */
  readonly from: string;
}

/**
 * Batches for the same user and day run one after the other, also those of other replicas. Bp Premier's own procedures do
 * not use the lock. So it makes a conflict between check and call less likely, but not impossible. If the lock is refused or
 * not free in time, the batch continues without it (assumption B44).
 */
const takeLock = (resource: string, maxWaitMs: number) => [
  'BEGIN TRY',
  `EXEC @lock = sp_getapplock @Resource = ${resource}, @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = ${maxWaitMs};`,
  'END TRY',
  'BEGIN CATCH',
  'SET @lock = -999;',
  'END CATCH;',
];

const releaseLock = (resource: string) =>
  `IF @lock >= 0 EXEC sp_releaseapplock @Resource = ${resource}, @LockOwner = 'Session';`;

export function guardedText(call: GuardedCall): string {
  const { lock, maxLockWaitMs, list } = call;
  const variables = [
    '@refused INT = 0',
    '@returned INT',
    ...(lock === undefined ? [] : ['@lock INT = -1']),
    ...(call.variables ?? []),
  ];
  const passed = Object.entries(call.with).map(([name, value]) => `@${name} = ${value}`);
  return lines(
    'SET NOCOUNT ON;',
    `DECLARE ${variables.join(', ')};`,
    ...(call.beforeLock ?? []),
    ...(lock === undefined ? [] : takeLock(lock, maxLockWaitMs)),
    ...(call.before ?? []),
    ...refusalChain(call.refusals),
    `IF @refused = 0 EXEC @returned = dbo.${call.procedure} ${passed.join(', ')};`,
    ...(call.after ?? []),
    lock === undefined ? null : releaseLock(lock),
    `SELECT ${list.columns}`,
    'FROM (SELECT 1 AS one) x',
    `LEFT JOIN ${call.from}`,
    ...list.joins,
    ';',
  );
}

function refusalChain(refusals: readonly Refusal[]): readonly string[] {
  return refusals.map(
    ([number, condition], index) => `${index === 0 ? '' : 'ELSE '}IF ${condition} SET @refused = ${number}`,
  );
}
