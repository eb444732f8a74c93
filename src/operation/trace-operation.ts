import { type OperationSpan, operationSpan } from '../telemetry/traces.ts';
import type { Operation } from './operation.ts';

/** Starts a span for the operation if an OpenTelemetry SDK is loaded. Calls to Halo Cloud are its children. */
export function traceOperation({ type, requestId, caller, name }: Operation): OperationSpan {
  return operationSpan(type ?? 'query', () => ({
    'halo_graph.request_id': requestId,
    ...(caller && { 'halo_graph.caller': caller.name }),
    ...(name !== null && { 'graphql.operation.name': name }),
  }));
}
