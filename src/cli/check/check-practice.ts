import type { Config, RegisteredPractice } from '../../config.ts';
import type {
  ConnectedPractice,
  HaloSession,
  SiteRecord,
} from '../../datasources/halo-cloud/halo-session.ts';
import { chooseSite } from '../../datasources/halo-cloud/sites/choose-site.ts';
import { sameName } from '../../datasources/halo-cloud/sites/practice-identity.ts';
import type { RoutedPractice, SiteCapabilities } from '../../datasources/practice/choose-source.ts';
import { AuthoritativeServerChanged, NotFound } from '../../errors.ts';
import { checkDatabase } from './check-database.ts';
import { judgeHaloLink, judgeSite } from './check-site.ts';
import { judgeApi, judgeSources } from './check-sources.ts';
import { notTried, type Outcome, ok, warning } from './finding.ts';
import type { Trail } from './trail.ts';

export interface PracticeToCheck {
  readonly bpSiteId: string;
  /** What the registry has of it. */
  readonly recorded: RegisteredPractice | undefined;
  readonly source: Config['source'];
  readonly routePractice: (connection: ConnectedPractice) => RoutedPractice;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Goes the way of a request of the server: directory, site, sources, database. */
export async function checkPractice(
  trail: Trail,
  session: HaloSession,
  asked: PracticeToCheck,
): Promise<void> {
  const { bpSiteId, recorded, source, clock } = asked;
  let connection: ConnectedPractice | undefined;
  let site: SiteRecord | undefined;
  let routed: RoutedPractice | undefined;
  let capabilities: SiteCapabilities | undefined;

  await trail.step('practice', async () => {
    const found = await session.sites('BEST_PRACTICE', bpSiteId);
    if (found.length === 0) throw new NotFound();
    connection = await session.practice('BEST_PRACTICE', bpSiteId);
    routed = asked.routePractice(connection);
    const { haloGuid } = connection;
    return judgeName(found.find((each) => each.haloGuid === haloGuid) ?? chooseSite(found), recorded);
  });
  await trail.step('pairing', async () => {
    const outcome = await letIn(session, there(connection).haloGuid);
    site = outcome.site;
    return outcome;
  });
  await trail.step('Halo Link', async () => judgeHaloLink(there(site)));
  await trail.step('site', async () => judgeSite(there(site), clock()));
  let database: Promise<Outcome> | undefined;
  await trail.step(
    'API',
    async () => {
      // Before the sources: a database that refuses the login changes who serves what.
      database = checkDatabase(there(connection));
      await database.catch(() => {});
      capabilities = await there(routed).capabilities();
      return judgeApi(capabilities, source);
    },
    false,
  );
  await trail.step(
    'sources',
    async () => (capabilities ? judgeSources(capabilities, source) : notTried),
    false,
  );
  await trail.step('database', () => there(database));
}

function judgeName(site: SiteRecord | undefined, recorded: RegisteredPractice | undefined): Outcome {
  const name = site?.practiceName ?? null;
  if (name === null) return ok('Found by its Bp Site ID; the site gives no practice name.');
  if (recorded?.name === undefined) return ok(`"${name}"; PRACTICES_FILE records no name to hold it to.`);
  if (sameName(name, recorded.name)) return ok(`"${name}", as recorded.`);
  return warning(
    `Its server now calls itself "${name}", recorded is "${recorded.name}".`,
    'PRACTICES_FILE: correct the name once the practice confirms it; a changed server would be refused.',
  );
}

/** Whether Halo Cloud lets this subscription at the practice's site, or at the one that replaced a recorded one. */
async function letIn(
  session: HaloSession,
  haloGuid: string,
): Promise<Outcome & { readonly site: SiteRecord }> {
  try {
    const site = await session.site(haloGuid);
    return { ...ok('Halo Cloud lets this subscription at the site.'), site };
  } catch (error) {
    if (!(error instanceof AuthoritativeServerChanged) || error.currentHaloGuid === null) throw error;
    const site = await session.site(error.currentHaloGuid);
    return {
      ...warning(
        `Halo Cloud lets this subscription at ${site.haloGuid}, but no more at ${haloGuid}, which is recorded.`,
        `PRACTICES_FILE: haloGuid of this practice is now ${site.haloGuid}.`,
      ),
      site,
    };
  }
}

/** A later step is only tried when the earlier one has filled this in. */
function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('A step was tried before what it depends on.');
  return value;
}
