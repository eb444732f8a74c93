/** Compares the sources for a question or a change: what each supports and costs, and why one is chosen. */
import { HaloError } from '../../errors.ts';
import type { DataSource, SourcePreference } from '../domain/pms.ts';
import { boundIn } from './routed-bounds.ts';
import type { Question, SourceAdapter, Support, WriteBound } from './source-adapter.ts';
import { totalCalls } from './source-order.ts';
import type { WriteQuestion } from './write-port.ts';

const sourceNames: Readonly<Record<DataSource, string>> = {
  BP_PREMIER: 'the Bp Premier API',
  SQL_PASSTHROUGH: 'SQL Passthrough',
};

/** A question or a change, as the comparison of sources needs it. */
export interface Weighing {
  readonly boundOf: (adapter: SourceAdapter) => WriteBound | null;
  supports(adapter: SourceAdapter): Support | Promise<Support>;
}

export const weighingOf = (question: Question): Weighing => ({
  boundOf: ({ bounds }) => boundIn(bounds, question),
  supports: (adapter) => adapter.supports(question),
});
export const weighingOfWrite = (write: WriteQuestion): Weighing => ({
  boundOf: ({ bounds }) => bounds.writes[write.method],
  supports: (adapter) => adapter.supportsWrite(write),
});

export function why(adapter: SourceAdapter, weighing: Weighing, preference: SourcePreference): string {
  if (preference !== 'auto') return `HALO_SOURCE=${preference}`;
  const calls = totalCalls(weighing.boundOf(adapter));
  return `at most ${calls} charged ${calls === 1 ? 'call' : 'calls'} by ${sourceNames[adapter.source]}`;
}

/** A site whose CapabilityStatement cannot be read is still usable: `auto` continues without the Bp Premier API. */
export function ifReadable(adapter: SourceAdapter, weighing: Weighing): Support | Promise<Support> {
  try {
    const support = weighing.supports(adapter);
    return 'then' in support ? support.catch(withoutStatement) : support;
  } catch (error) {
    return withoutStatement(error);
  }
}

export const ifUnreadable =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof HaloError && error.code === 'UPSTREAM_FAILED') return instead;
    throw error;
  };

const withoutStatement = ifUnreadable<Support>({
  can: false,
  reason: "The site's CapabilityStatement could not be read.",
});
