import { boundIn } from '../../src/datasources/practice/routed-bounds.ts';
import type { Question, SourceAdapter } from '../../src/datasources/practice/source-adapter.ts';
import { totalCalls } from '../../src/datasources/practice/source-order.ts';
import type { WriteQuestion } from '../../src/datasources/practice/write-port.ts';

/** The members of a source, separately. Tests replace some of them. */
export const membersOf = (source: SourceAdapter): SourceAdapter => ({
  source: source.source,
  data: source.data,
  writes: source.writes,
  bounds: source.bounds,
  supports: (question) => source.supports(question),
  supportsWrite: (write) => source.supportsWrite(write),
  forget: () => source.forget(),
});

/** The most charged calls of a question, or of a change. */
export function maxCallsOf(
  { bounds }: Pick<SourceAdapter, 'bounds'>,
  requested: Question | WriteQuestion,
): number {
  return totalCalls('query' in requested ? boundIn(bounds, requested) : bounds.writes[requested.method]);
}
