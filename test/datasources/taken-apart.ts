import type { SourceAdapter } from '../../src/datasources/practice/port.ts';

/** What a source has, each on its own: tests take what they need. */
export const takenApart = (source: SourceAdapter): SourceAdapter => ({
  source: source.source,
  data: source.data,
  writes: source.writes,
  charges: (question) => source.charges(question),
  supports: (question) => source.supports(question),
  supportsWrite: (write) => source.supportsWrite(write),
  chargesWrite: (write) => source.chargesWrite(write),
  forget: () => source.forget(),
});
