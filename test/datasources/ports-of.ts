import type { RoutedPractice } from '../../src/datasources/practice/choose-source.ts';
import { readsInFront, writesInFront } from '../../src/datasources/practice/port-methods.ts';
import type { Question } from '../../src/datasources/practice/source-adapter.ts';
import type { WriteQuestion } from '../../src/datasources/practice/write-port.ts';

const reads = readsInFront<RoutedPractice>((routed, method, query) =>
  routed.read({ method, query } as Question),
);
const writes = writesInFront<RoutedPractice>((routed, method, change) =>
  routed.write({ method, change } as WriteQuestion),
);

/** The port of a routed practice without its audit. */
export const portsOf = (routed: RoutedPractice) => ({
  data: reads(routed),
  writes: writes(routed),
  capabilities: () => routed.capabilities(),
});
