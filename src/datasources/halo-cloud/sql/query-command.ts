import { declaredProcedure } from './declared-procedure.ts';
import type { SqlCommand, SqlCommandParameter } from './site-sql.ts';

/** How long Halo Cloud holds an immediate query in the practice's queue at most, if the query does not say so. */
export const defaultQueueMs = 30_000;

/** The body of an immediate or async query. `maxTimeInQueueMs` null: Halo Cloud's default. */
export function queryBody(command: SqlCommand, maxTimeInQueueMs: number | null) {
  return asJson({
    command: wireCommand(command),
    ...(maxTimeInQueueMs !== null && { maxTimeInQueue: maxTimeInQueueMs }),
    ...(command.catalogue !== null && { catalogue: command.catalogue }),
  });
}

/** A command in Halo Cloud's format, the same in all three modes. */
export function wireCommand(command: Omit<SqlCommand, 'catalogue'>): object {
  const { text, type, executionMode, parameters } = declaredProcedure(command);
  return { text, type, executionMode, parameters: parameters.map(wireParameter) };
}

export function asJson(body: object) {
  return { contentType: 'application/json', text: JSON.stringify(body) };
}

function wireParameter({ name, direction, type, value, size }: SqlCommandParameter): object {
  const isInput = direction === 'input' || direction === 'inputOutput';
  return {
    name,
    direction,
    ...(type !== null && { type }),
    ...((isInput || value !== null) && { value }),
    ...(size !== null && { size }),
  };
}
