import { chooseSite } from '../../datasources/halo-cloud/sites/choose-site.ts';
import { cannotTell, fails, holds, type Line, toMaintainers } from './line.ts';

/** Fewer sites than this are listed for one Bp Site ID (P4). */
const maxSites = 5;
const clockToleranceMs = 5 * 60_000;

export const siteLines: readonly Line[] = [
  {
    id: 'H2',
    about: 'one site of the Bp Site ID is the authoritative one',
    needs: ['sites'],
    reads: 'how many sites the look-up lists, and how many of them are flagged, active and online',
    remedy: 'PRACTICES_FILE, haloGuid: the right one, from Halo Connect support.',
    verdict({ sites }) {
      const flagged = sites.filter(({ authoritative }) => authoritative === true);
      const alive = sites.filter(
        ({ status, availability }) => status === 'ACTIVE' && availability === 'ONLINE',
      );
      const found = `${sites.length} listed, ${flagged.length} flagged as authoritative, ${alive.length} active and online.`;
      const isClear =
        sites.length === 1 || flagged.length === 1 || (flagged.length === 0 && alive.length === 1);
      return isClear && chooseSite(sites) ? holds(found) : fails(found);
    },
  },
  {
    id: 'H3',
    about: 'the site has a practice name',
    needs: ['site'],
    reads: 'whether `practiceMetadata.practiceName` is there; the name is not shown',
    remedy: 'PRACTICES_FILE: leave out name; a changed Halo GUID then cannot be checked.',
    verdict: ({ site }) => (site.practiceName === null ? fails('It has none.') : holds('It is there.')),
  },
  {
    id: 'H15',
    about: 'the site lists its databases',
    needs: ['site'],
    reads: 'the names in `catalogue` and which one is the default',
    remedy: 'Name no catalogue in SQL operations: any name is sent as it is.',
    verdict({ site: { catalogues } }) {
      if (catalogues.length === 0) return fails('It lists none.');
      const names = catalogues.map(({ name, isDefault }) => (isDefault ? `${name} (default)` : name));
      return catalogues.filter(({ isDefault }) => isDefault).length === 1
        ? holds(`${names.join(', ')}.`)
        : fails(`${names.join(', ')}: not one default.`);
    },
  },
  {
    id: 'H26',
    about: "Halo Link's version is a CalVer",
    needs: ['site'],
    reads: '`haloLinkVersion`',
    remedy: `halo-graph check cannot name known faults of it. ${toMaintainers}`,
    verdict({ site: { haloLinkVersion } }) {
      if (haloLinkVersion === null) return cannotTell('Halo Cloud does not report it.');
      return /^\d{2}\.\d{3,4}\.\d+(\.\d+)?$/.test(haloLinkVersion)
        ? holds(`${haloLinkVersion}.`)
        : fails(`${haloLinkVersion}.`);
    },
  },
  {
    id: 'H28',
    about: 'an online site has sent a heartbeat within minutes',
    needs: ['site'],
    reads: '`availability` and the age of the last heartbeat',
    remedy: 'Clock of this machine: set it by NTP.',
    verdict({ site: { availability, lastHeartbeatAt }, now }) {
      if (lastHeartbeatAt === null || availability !== 'ONLINE')
        return cannotTell(`Availability ${availability ?? 'unknown'}, no heartbeat to compare.`);
      const seconds = Math.round((now - Date.parse(lastHeartbeatAt)) / 1000);
      const found = `Online; the last heartbeat was ${seconds} s ago.`;
      return Math.abs(seconds) * 1000 <= clockToleranceMs ? holds(found) : fails(found);
    },
  },
  {
    id: 'P4',
    about: `at most ${maxSites} sites have the Bp Site ID`,
    needs: ['sites'],
    reads: 'how many sites the look-up lists',
    remedy: `Operations on sites can cost more than their price. ${toMaintainers}`,
    verdict: ({ sites }) =>
      sites.length <= maxSites ? holds(`${sites.length}.`) : fails(`${sites.length}.`),
  },
];
