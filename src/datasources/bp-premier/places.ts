import type { TimeZone } from '../../time/types.ts';
import type { Location } from '../domain/clinic.ts';
import { compareIds } from '../domain/order.ts';
import type { FhirResource, PracticeConnection } from '../halo-cloud/practice-connection.ts';
import { readAddress } from './read-address.ts';
import { readLocation } from './read-location.ts';
import { idOf, readResources, search } from './references.ts';

/** The practice's locations, which nearly every answer needs: an instant is rendered in the zone of its location. */
export interface Places {
  /** As they came over the wire, by id; inactive ones left out. */
  readonly resources: readonly FhirResource[];
  /** By id, inactive ones left out; the first is the main one (B10). */
  readonly current: readonly Location[];
  /** A current location. */
  find(id: string | null): Location | null;
  /** Of the location with that id, current or not, else of the main one. */
  zoneAt(id: string | null): TimeZone;
  /** Of all locations, former ones too; at least one. */
  zones(): readonly TimeZone[];
}

/** What the questions to one site share within one operation. */
export interface Site {
  readonly connection: PracticeConnection;
  /** One Location search however often it is asked for; a failure is not kept. */
  places(): Promise<Places>;
  /** After one of them was changed: the next question looks again. */
  forgetPlaces(): void;
}

export function createSite(connection: PracticeConnection): Site {
  let known: Promise<Places> | undefined;
  return {
    connection,
    places() {
      if (known !== undefined) return known;
      const asked = fetchPlaces(connection).catch((error: unknown) => {
        if (known === asked) known = undefined;
        throw error;
      });
      known = asked;
      return asked;
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
      // A former location without a postcode tells nothing, and no notice is due to it.
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
