/**
 * OpenTelemetry spans. Only the API is used, so nothing is recorded unless the process was started with an SDK. Spans hold no
 * document, variable, path, statement or response.
 */
import {
  type Context,
  context,
  INVALID_SPAN_CONTEXT,
  ProxyTracer,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { UpstreamEvent } from '../datasources/halo-cloud/transport/upstream-event.ts';
import { upstreamOutcome } from './upstream-outcome.ts';

/** Undefined without an SDK. Until one is registered, the API returns a proxy. */
function tracer(): Tracer | undefined {
  const found = trace.getTracer('halo-graph');
  return found instanceof ProxyTracer ? undefined : found;
}

/** A span that records nothing. */
const noSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** The span of an operation, and the context in which its calls become children of it. */
export interface OperationSpan {
  readonly span: Span;
  readonly inside: Context;
}

/** @param attributes called only with an SDK */
export function operationSpan(type: string, attributes: () => Record<string, string>): OperationSpan {
  const known = tracer();
  if (!known) return { span: noSpan, inside: context.active() };
  const span = known.startSpan(type, {
    kind: SpanKind.SERVER,
    attributes: { 'graphql.operation.type': type, ...attributes() },
  });
  return { span, inside: trace.setSpan(context.active(), span) };
}

/** @param codes the codes of the entries in `errors` */
export function endOperationSpan(span: Span, codes: readonly string[]): void {
  if (codes.length > 0) {
    span.setAttribute('halo_graph.errors', [...codes]);
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

/** Records a finished call to Halo Cloud as a child span of the operation. */
export function traceUpstreamCall(event: UpstreamEvent): void {
  const known = tracer();
  if (!known) return;
  const { kind, method, route, haloGuid, status, failure, ms, charged, retried } = event;
  const end = Date.now();
  const span = known.startSpan(`${method} ${route}`, {
    kind: SpanKind.CLIENT,
    startTime: end - ms,
    attributes: {
      'http.request.method': method,
      'url.template': route,
      'halo.call.kind': kind,
      'halo.call.charged': charged,
      'halo.call.retried': retried,
      ...(haloGuid !== null && { 'halo.guid': haloGuid }),
      ...(status !== null && { 'http.response.status_code': status }),
      ...(failure !== null && { 'error.type': failure }),
    },
  });
  if (upstreamOutcome(event) !== 'ok') span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(end);
}
