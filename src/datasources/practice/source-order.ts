/** The order in which `auto` tries the sources. It is known before anything is fetched. Routing and prices use it. */
import type { DataSource, SourcePreference } from '../domain/pms.ts';
import type { WriteBound } from './source-adapter.ts';

/** The sources that may be used, the cheapest one first. */
export function inOrder<Source extends { readonly source: DataSource }>(
  sources: readonly Source[],
  preference: SourcePreference,
  boundOf: (source: Source) => WriteBound | null,
): readonly Source[] {
  if (preference !== 'auto') {
    const only = preference === 'bp-premier' ? 'BP_PREMIER' : 'SQL_PASSTHROUGH';
    return sources.filter(({ source }) => source === only);
  }
  return sources
    .map((source) => ({ source, bound: boundOf(source) }))
    .sort((a, b) => totalCalls(a.bound) - totalCalls(b.bound) || rankOnTie(a) - rankOnTie(b))
    .map(({ source }) => source);
}

/** A source that never supports it comes last. */
export const totalCalls = (bound: WriteBound | null): number =>
  bound ? bound.calls + (bound.once?.length ?? 0) : Number.MAX_SAFE_INTEGER;

function rankOnTie({ source, bound }: { source: { readonly source: DataSource }; bound: WriteBound | null }) {
  if (bound?.winsTie || bound?.readsBack) return 0;
  return source.source === 'BP_PREMIER' ? 1 : 2;
}
