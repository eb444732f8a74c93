import type { Config } from '../../config.ts';
import type {
  ConnectedPractice,
  HaloSession,
  SiteRecord,
} from '../../datasources/halo-cloud/halo-session.ts';
import { chooseSite } from '../../datasources/halo-cloud/sites/choose-site.ts';
import { sameName } from '../../datasources/halo-cloud/sites/practice-identity.ts';
import type { SiteCapabilities } from '../../datasources/practice/capabilities.ts';
import type { RoutedPractice } from '../../datasources/practice/choose-source.ts';
import { AuthoritativeServerChanged, NotFound } from '../../errors.ts';
import type { RegisteredPractice } from '../../practices-file.ts';
import { checkDatabase } from './check-database.ts';
import { judgeHaloLink, judgeSite } from './check-site.ts';
import { judgeApi, judgeSources } from './check-sources.ts';
import { notTried, type Outcome, ok, warning } from './finding.ts';
import type { CheckSteps } from './steps.ts';

export interface PracticeToCheck {
  readonly bpSiteId: string;
  /** The practice's entry in PRACTICES_FILE. */
  readonly recorded: RegisteredPractice | undefined;
  readonly source: Config['source'];
  readonly routePractice: (connection: ConnectedPractice) => RoutedPractice;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Checks the steps of a server request in their order: directory, site, sources, database. */
export async function checkPractice(
  steps: CheckSteps,
  session: HaloSession,
  practice: PracticeToCheck,
): Promise<void> {
  const { bpSiteId, recorded, source, clock } = practice;
  let connection: ConnectedPractice | undefined;
  let site: SiteRecord | undefined;
  let routed: RoutedPractice | undefined;
  let capabilities: SiteCapabilities | undefined;

  await steps.step('practice', async () => {
    const found = await session.sites('BEST_PRACTICE', bpSiteId);
    if (found.length === 0) throw new NotFound();
    connection = await session.practice('BEST_PRACTICE', bpSiteId);
    routed = practice.routePractice(connection);
    const { haloGuid } = connection;
    return judgeName(found.find((each) => each.haloGuid === haloGuid) ?? chooseSite(found), recorded);
  });
  await steps.step('pairing', async () => {
    const outcome = await letIn(session, resultOf(connection).haloGuid);
    site = outcome.site;
    return outcome;
  });
  await steps.step('Halo Link', async () => judgeHaloLink(resultOf(site)));
  await steps.step('site', async () => judgeSite(resultOf(site), clock()));
  let database: Promise<Outcome> | undefined;
  await steps.step(
    'API',
    async () => {
      // The database is checked before the sources: a refused login changes which source serves which operation.
      database = checkDatabase(resultOf(connection));
      await database.catch(() => {});
      capabilities = await resultOf(routed).capabilities();
      return judgeApi(capabilities, source);
    },
    false,
  );
  await steps.step(
    'sources',
    async () => (capabilities ? judgeSources(capabilities, source) : notTried),
    false,
  );
  await steps.step('database', () => resultOf(database));
}

function judgeName(site: SiteRecord | undefined, recorded: RegisteredPractice | undefined): Outcome {
  const name = site?.practiceName ?? null;
  if (name === null) return ok('Found by its Bp Site ID; the site gives no practice name.');
  if (recorded?.name === undefined)
    return ok(`"${name}"; PRACTICES_FILE records no name to compare it with.`);
  if (sameName(name, recorded.name)) return ok(`"${name}", as recorded.`);
  return warning(
    `Its server now has the name "${name}"; the recorded name is "${recorded.name}".`,
    'PRACTICES_FILE: correct the name once the practice confirms it. With a wrong name, halo-graph rejects a new server of the practice.',
  );
}

/** Checks whether this subscription has access to the practice's site, or to the site that replaced a recorded one. */
async function letIn(
  session: HaloSession,
  haloGuid: string,
): Promise<Outcome & { readonly site: SiteRecord }> {
  try {
    const site = await session.site(haloGuid);
    return { ...ok('This subscription has access to the site.'), site };
  } catch (error) {
    if (!(error instanceof AuthoritativeServerChanged) || error.currentHaloGuid === null) throw error;
    const site = await session.site(error.currentHaloGuid);
    return {
      ...warning(
        `This subscription has access to ${site.haloGuid}, but no longer to the recorded ${haloGuid}.`,
        `PRACTICES_FILE: haloGuid of this practice is now ${site.haloGuid}.`,
      ),
      site,
    };
  }
}

/** Returns the result of an earlier step. A later step runs only if that step succeeded. */
function resultOf<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('A step ran before a step that it depends on.');
  return value;
}
