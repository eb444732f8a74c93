import { context as spans } from '@opentelemetry/api';
import { endOperationSpan, operationSpan } from '../telemetry/traces.ts';
import type { Operation } from './operation.ts';

/**
 * Runs `steps` in a span of the operation, while an OpenTelemetry SDK is loaded; calls of Halo Cloud are its children.
 * `steps` never throws: it leaves its codes at the operation.
 */
export async function traceOperation<T>(operation: Operation, steps: () => Promise<T>): Promise<T> {
  const { type = 'query', requestId, caller, name } = operation;
  const { span, inside } = operationSpan(type, {
    'halo_graph.request_id': requestId,
    ...(caller && { 'halo_graph.caller': caller.name }),
    ...(name !== null && { 'graphql.operation.name': name }),
  });
  try {
    return await spans.with(inside, steps);
  } finally {
    endOperationSpan(span, operation.codes ?? []);
  }
}
