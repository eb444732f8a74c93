import type { TimeZone } from '../../time/types.ts';
import type { PracticeConnection } from '../halo-cloud/practice-connection.ts';

/** Caches the zones of the postcodes in one answer: many rows have the same few postcodes. */
export class Zones {
  readonly #connection: Pick<PracticeConnection, 'zoneOf'>;
  readonly #known = new Map<string | null, TimeZone>();

  constructor(connection: Pick<PracticeConnection, 'zoneOf'>) {
    this.#connection = connection;
  }

  /** Whether all postcodes that the other has resolved have the same zone here. */
  agreeWith(other: Zones): boolean {
    return [...other.#known].every(([postcode, zone]) => this.of(postcode) === zone);
  }

  of(postcode: string | null): TimeZone {
    const known = this.#known.get(postcode);
    if (known !== undefined) return known;
    const zone = this.#connection.zoneOf(postcode);
    this.#known.set(postcode, zone);
    return zone;
  }
}
