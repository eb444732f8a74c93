import type { TimeZone } from '../../time/types.ts';
import type { Location } from '../domain/clinic.ts';
import { compareIds } from '../domain/order.ts';
import type { FhirResource, PracticeConnection } from '../halo-cloud/practice-connection.ts';
import { readAddress } from './read-address.ts';
import { readLocation } from './read-location.ts';
import { idOf, readResources, search } from './references.ts';

/** The practice's locations. Nearly every answer needs them, because an instant is written in the zone of its location. */
export interface Places {
  /** The FHIR resources in order of id, without inactive ones. */
  readonly resources: readonly FhirResource[];
  /** In order of id, without inactive ones. The first is the main one (B10). */
  readonly current: readonly Location[];
  /** Finds current locations only. */
  find(id: string | null): Location | null;
  /** The zone of the location with that id, also of a former one. For an unknown id, the zone of the main location. */
  zoneAt(id: string | null): TimeZone;
  /** The zones of all locations, also of former ones. At least one. */
  zones(): readonly TimeZone[];
}

/** Data that the queries of one operation to one site share. */
export interface Site {
  readonly connection: PracticeConnection;
  /** Sends one Location search, however often it is called. A failure is not kept. */
  places(): Promise<Places>;
  /** Call it after a change to a location. The next call of `places` searches again. */
  forgetPlaces(): void;
}

export function createSite(connection: PracticeConnection): Site {
  let known: Promise<Places> | undefined;
  return {
    connection,
    places() {
      if (known !== undefined) return known;
      const fetched = fetchPlaces(connection).catch((error: unknown) => {
        if (known === fetched) known = undefined;
        throw error;
      });
      known = fetched;
      return fetched;
    },
    forgetPlaces() {
      known = undefined;
    },
  };
}

async function fetchPlaces(connection: PracticeConnection): Promise<Places> {
  const found = await search(connection, 'Location', [], 'locations');
  const resources = new Map(found.map((resource) => [idOf(resource), resource]));
  const open = [...resources.values()]
    .filter((resource) => resource.status !== 'inactive')
    .toSorted((a, b) => compareIds(idOf(a), idOf(b)));
  const current = readResources(connection, open, (resource) => readLocation(resource, connection));
  const byId = new Map(current.map((location) => [location.pmsId, location]));
  const zoneAtFormer = (id: string | null): TimeZone | undefined => {
    const former = id === null ? undefined : resources.get(id);
    return former && readLocation(former, connection).timeZone;
  };
  const mainZone = (): TimeZone => current[0]?.timeZone ?? connection.zoneOf(null);
  return {
    resources: open,
    current,
    find: (id) => (id === null ? null : (byId.get(id) ?? null)),
    zoneAt: (id) => byId.get(id ?? '')?.timeZone ?? zoneAtFormer(id) ?? mainZone(),
    zones() {
      // The zone of a former location without a postcode is unknown. It needs no notice.
      const former = [...resources.values()].map(postcodeOf).filter((postcode) => postcode !== null);
      const zones = [
        ...current.map(({ timeZone }) => timeZone),
        ...former.map((postcode) => connection.zoneOf(postcode)),
      ];
      return zones.length > 0 ? [...new Set(zones)] : [mainZone()];
    },
  };
}

function postcodeOf({ address }: FhirResource): string | null {
  return readAddress(address)?.postcode ?? null;
}
