import { searchset } from './bundle.ts';
import { pruned } from './elements.ts';
import { badSearch } from './outcome.ts';
import { type Continuation, recallPage, rememberPage } from './page-tokens.ts';
import type { Facade, FhirResource, ResourceKind } from './resource-kind.ts';
import { idValue, readSearch } from './search-request.ts';

/** A searchset Bundle: a first page, or with `ct` the page that a `next` link named. */
export function search(facade: Facade, kind: ResourceKind, parameters: URLSearchParams): unknown {
  const token = parameters.get('ct');
  if (token !== null) {
    const page = recallPage(facade.database, token);
    if (page?.type !== kind.type) throw badSearch('Continuation token is not known or has expired');
    return pageOf(facade, kind, page);
  }
  const { where, order, params, count, elements } = readSearch(facade, kind, parameters);
  const ids = facade.database
    .all<{ id: string | number }>(
      `SELECT ${kind.id} AS id FROM ${kind.from} WHERE ${where} ORDER BY ${order}`,
      params,
    )
    .map(({ id }) => String(id));
  return pageOf(facade, kind, { type: kind.type, ids, from: 0, count, elements });
}

/** Resources by id, in the order of the ids; those that do not exist (any more) are left out. */
export function load(facade: Facade, kind: ResourceKind, ids: readonly string[]): readonly FhirResource[] {
  const values = ids.flatMap((id) => idValue(kind, id));
  if (values.length === 0) return [];
  const params = Object.fromEntries(values.map((value, index) => [`@id${index}`, value]));
  const rows = facade.database.all<{ id: string | number }>(
    `SELECT ${kind.id} AS id, ${kind.columns} FROM ${kind.from}
     WHERE ${kind.current} AND ${kind.id} IN (${Object.keys(params).join(', ')})`,
    params,
  );
  const resources = kind.resources(rows as never[], facade);
  const found = new Map(resources.map((resource) => [resource.id, resource]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

function pageOf(facade: Facade, kind: ResourceKind, page: Continuation): unknown {
  const { ids, from, count, elements } = page;
  const until = from + count;
  const more = count > 0 && until < ids.length;
  const resources = load(facade, kind, ids.slice(from, until));
  return searchset(facade.practice, {
    type: kind.type,
    total: ids.length,
    entries: resources.map((resource) => ({ resource: pruned(resource, elements), mode: 'match' })),
    ...(more && { next: rememberPage(facade.database, { ...page, from: until }) }),
  });
}
