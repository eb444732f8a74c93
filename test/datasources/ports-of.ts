import type { RoutedPractice } from '../../src/datasources/practice/choose-source.ts';
import { readPort, writePort } from '../../src/datasources/practice/port-methods.ts';
import type { Question } from '../../src/datasources/practice/source-adapter.ts';
import type { WriteQuestion } from '../../src/datasources/practice/write-port.ts';

const reads = readPort<RoutedPractice>(
  (method) =>
    function read(query) {
      return this.state.read({ method, query } as Question);
    },
);
const writes = writePort<RoutedPractice>(
  (method) =>
    function write(change) {
      return this.state.write({ method, change } as WriteQuestion);
    },
);

/** The port of a routed practice without its audit. */
export const portsOf = (routed: RoutedPractice) => ({
  data: reads(routed),
  writes: writes(routed),
  capabilities: () => routed.capabilities(),
});
