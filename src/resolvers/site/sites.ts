import type { GraphContext } from '../../context.ts';
import type { PracticeManagementSystem } from '../../datasources/domain/pms.ts';
import type { Selection } from '../../datasources/domain/selection.ts';
import type { SiteRecord } from '../../datasources/halo-cloud/halo-session.ts';
import type { SiteCapabilities } from '../../datasources/practice/capabilities.ts';
import { AuthoritativeServerChanged, OperationNotSupported } from '../../errors.ts';
import { InputCheck } from '../check-input.ts';
import type { Nodes, PracticeEntity, Site } from '../entities.ts';
import { localPart, placeOf } from '../global-id.ts';

/** `Query.site` */
export async function site(_root: unknown, args: { haloGuid: string }, context: GraphContext): Promise<Site> {
  const check = new InputCheck();
  const haloGuid = check.uuid(['haloGuid'], args.haloGuid);
  check.done();
  return siteOf(await context.session.site(haloGuid));
}

/** `Query.sites` */
export async function sites(
  _root: unknown,
  { pmsSiteId, pms }: { pmsSiteId: string; pms: PracticeManagementSystem },
  context: GraphContext,
): Promise<Nodes<Site>> {
  const check = new InputCheck();
  const id = check.siteId(['pmsSiteId'], pmsSiteId);
  check.done();
  return { nodes: (await context.session.sites(pms, id)).map(siteOf) };
}

const knownWithoutRequest: ReadonlySet<string> = new Set(['id', 'haloGuid', 'pms', 'pmsSiteId']);

/**
 * `Practice.site`. It is read only if the selection needs more than is known already; a move is followed. If the site cannot
 * be read, the practice must still be returned: then the nullable fields of the site report the failure.
 */
export async function siteOfPractice(
  { practice }: PracticeEntity,
  context: GraphContext,
  fields: Selection,
): Promise<Site> {
  const { haloGuid, pinned } = practice.connection;
  const known: Site = {
    kind: 'Site',
    haloGuid,
    ...placeOf(practice),
    read: () => context.session.site(haloGuid),
  };
  if (Object.keys(fields).every((field) => knownWithoutRequest.has(field))) return known;
  try {
    return siteOf(await known.read());
  } catch (error) {
    if (!(error instanceof AuthoritativeServerChanged) || pinned) return known;
    return (await currentSite(error, context).catch(() => null)) ?? known;
  }
}

/** `Practice.pmsVersion`: from the look-up of the practice. If a configured GUID replaced the look-up, the site is read. */
export function pmsVersionOf(
  of: PracticeEntity,
  context: GraphContext,
): string | null | Promise<string | null> {
  const { pmsVersion } = of.practice.connection;
  if (pmsVersion !== null) return pmsVersion;
  return siteOfPractice(of, context, { pmsVersion: {} }).then(async (site) => (await site.read()).pmsVersion);
}

/** `AuthoritativeServerChanged.currentSite` */
export async function currentSite(
  { currentHaloGuid }: AuthoritativeServerChanged,
  context: GraphContext,
): Promise<Site | null> {
  return currentHaloGuid === null ? null : siteOf(await context.session.site(currentHaloGuid));
}

/** `Site.practice`: null if the site does not say which practice it serves. */
export async function practiceOfSite(of: Site, context: GraphContext): Promise<PracticeEntity | null> {
  const record = await of.read();
  if (record.pms === null || record.pmsSiteId === null) return null;
  return { kind: 'Practice', practice: context.practices.pinned(record) };
}

/** `Site.capabilities` */
export async function capabilitiesOfSite(of: Site, context: GraphContext): Promise<SiteCapabilities> {
  const practice = await practiceOfSite(of, context);
  if (!practice) {
    throw new OperationNotSupported(
      {},
      { message: 'Halo Cloud does not report which practice this site belongs to.' },
    );
  }
  return practice.practice.capabilities();
}

/**
 * `Site.catalogues`: empty if the site cannot be read. The list is never null, and a failed site must not null its practice.
 * The nullable fields beside it report the failure.
 */
export async function cataloguesOfSite(of: Site): Promise<SiteRecord['catalogues']> {
  const record = await of.read().catch(() => null);
  return record?.catalogues ?? [];
}

export const siteId = ({ haloGuid, pms, pmsSiteId }: Site): string =>
  pms === null || pmsSiteId === null
    ? localPart({ pms: 'GUID', pmsSiteId: haloGuid })
    : localPart({ pms, pmsSiteId });

export function siteOf(record: SiteRecord): Site {
  const { haloGuid, pms, pmsSiteId } = record;
  return { kind: 'Site', haloGuid, pms, pmsSiteId, read: async () => record };
}
