/**
 * The kind of a call to Halo Cloud.
 * - `sites` and `site` are look-ups. Halo Cloud answers them itself.
 * - `pairing` is between Halo Cloud and the practice management software.
 * - `status` and `result` read what Halo Cloud stores about a site's queries: their state and their results.
 * - `sql`, `fhir` and `metadata` are forwarded to the practice's site.
 */
export type CallKind = 'sites' | 'site' | 'pairing' | 'sql' | 'status' | 'result' | 'fhir' | 'metadata';

/**
 * Halo Cloud charges for each SQL query, in all three modes, and for each FHIR read or write that reaches a practice
 * (assumption H1). Look-ups, pairing, `status` and `result` are free. `metadata` is free because it never touches the
 * practice's database.
 */
const chargedKinds: Readonly<Record<CallKind, boolean>> = {
  sites: false,
  site: false,
  pairing: false,
  metadata: false,
  status: false,
  result: false,
  sql: true,
  fhir: true,
};

export function isCharged(kind: CallKind): boolean {
  return chargedKinds[kind];
}

/** Halo Cloud answers a look-up itself. A look-up requests no data of a practice. */
export function isLookUp(kind: CallKind): boolean {
  return kind === 'sites' || kind === 'site' || kind === 'pairing';
}
