/** Loaded with `node --import`: prints every span with all of its attributes, and crashes on demand. */
import { trace } from '@opentelemetry/api';

const print = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

trace.setGlobalTracerProvider({
  getTracer: () => ({
    startSpan(name, options) {
      const span = {
        spanContext: () => ({ traceId: '1', spanId: '1', traceFlags: 1 }),
        setAttribute(key, value) {
          print({ span: name, [key]: value });
          return span;
        },
        setStatus(status) {
          print({ span: name, status });
          return span;
        },
        end: () => print({ span: name, options }),
      };
      return span;
    },
  }),
});

process.once('SIGUSR2', () => {
  const request = { headers: { 'ocp-apim-subscription-key': process.env.HALO_SUBSCRIPTION_KEY } };
  const cause = Object.assign(new SyntaxError(`Unexpected ${process.env.HALO_SUBSCRIPTION_KEY}`), request);
  Promise.reject(Object.assign(new Error('A crash on purpose.', { cause }), { request }));
});
