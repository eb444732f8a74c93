/** The sites of practices that replicas share, so that all replicas know a look-up or a move that one has seen. */

/** A site as a look-up of Halo Cloud found it. */
export interface SharedSite {
  readonly haloGuid: string;
  readonly practiceName: string | null;
  readonly pmsVersion: string | null;
  readonly haloLinkVersion: string | null;
}

export interface SharedAnswer {
  /** Changes with each `publish` and `drop`. A later `publish` names the version that it is based on. */
  readonly version: string;
  /** `ageMs`: time since its look-up started. */
  readonly known: { readonly site: SharedSite; readonly ageMs: number } | null;
  /** The last refused GUID, if no look-up was published since. */
  readonly dropped: { readonly haloGuid: string; readonly ageMs: number } | null;
}

/**
 * Never throws and never takes long. While it is unavailable, each replica uses its own knowledge. Its content is a hint: each
 * replica checks against its own registry whose site it is.
 */
export interface SharedSites {
  /** Null while it is unavailable. */
  load(key: string): Promise<SharedAnswer | null>;
  /**
   * Has no effect if there was a `publish` or `drop` since `version` was loaded. So a look-up that started before a GUID was
   * refused cannot restore it.
   *
   * @param ageMs time since the look-up started
   * @param goodForMs lifetime, from the start of the look-up
   */
  publish(key: string, site: SharedSite, version: string, ageMs: number, goodForMs: number): void;
  /**
   * Removes a refused GUID. `load` returns it as dropped for `rememberMs`. Has no effect if the entry has another GUID by
   * now.
   */
  drop(key: string, haloGuid: string, rememberMs: number): void;
}
