import { context, ROOT_CONTEXT, type Span, type SpanOptions, trace } from '@opentelemetry/api';
import { afterAll, expect, test } from 'vitest';
import { endOperationSpan, operationSpan, traceUpstreamCall } from '../../src/telemetry/traces.ts';

afterAll(() => trace.disable());

const call = {
  kind: 'sql',
  method: 'POST',
  route: '/integrator/sites/{siteId}/queries/immediate',
  haloGuid: null,
  status: 200,
  failure: null,
  ms: 20,
  charged: true,
  retried: false,
} as const;

test('nothing is recorded until there is an SDK, and everything from then on', () => {
  const { span, inside } = operationSpan('query', () => ({}));
  expect(span.isRecording()).toBe(false);
  expect(inside).toBe(context.active());
  endOperationSpan(span, ['TIMED_OUT']);
  traceUpstreamCall(call);

  const started: string[] = [];
  trace.setGlobalTracerProvider({
    getTracer: () => ({
      startSpan(name: string, _options?: SpanOptions): Span {
        started.push(name);
        return trace.wrapSpanContext({ traceId: '1'.repeat(32), spanId: '1'.repeat(16), traceFlags: 1 });
      },
      startActiveSpan: () => {
        throw new Error('not used here');
      },
    }),
  });
  const known = operationSpan('mutation', () => ({}));
  expect(trace.getSpan(known.inside)).toBe(known.span);
  expect(known.inside).not.toBe(ROOT_CONTEXT);
  traceUpstreamCall(call);
  expect(started).toEqual(['mutation', 'POST /integrator/sites/{siteId}/queries/immediate']);
});
