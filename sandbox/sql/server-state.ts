/** Simulated faults of a practice's SQL Server. */
export interface ServerState {
  /** Procedures that this practice's version does not have. */
  readonly missing?: readonly string[];
  /**
   * How procedures that write go wrong: they write and RETURN 0; do nothing and RETURN 0; raise an error before they write,
   * after their first statement that writes, or at their end; or call a procedure that does not exist, at their end.
   */
  readonly procedures?: ProcedureTrouble;
  /** Called before a writing procedure runs: simulates changes by others between the text's check and its call. */
  readonly beforeProcedure?: () => void;
  /** Application locks: EXECUTE is denied, or another session holds each of them. */
  readonly locks?: 'refused' | 'busy';
}

export const procedureTroubles = [
  'returns-0',
  'does-nothing',
  'error-before',
  'error-partial',
  'error-after',
  'error-nested',
] as const;
export type ProcedureTrouble = (typeof procedureTroubles)[number];
