/** What replicas tell one another of practices' sites, so that a look-up, or a move, that one has seen is known to all. */

/** A site as a look-up of Halo Cloud found it. */
export interface SharedSite {
  readonly haloGuid: string;
  readonly practiceName: string | null;
  readonly pmsVersion: string | null;
  readonly haloLinkVersion: string | null;
}

export interface SharedAnswer {
  /** Changes with whatever is told or dropped: what was learnt after this answer is told with it. */
  readonly version: string;
  /** `ageMs`: since its look-up began. */
  readonly known: { readonly site: SharedSite; readonly ageMs: number } | null;
  /** The GUID last refused, where no look-up has been told since. */
  readonly dropped: { readonly haloGuid: string; readonly ageMs: number } | null;
}

/**
 * Never throws and never keeps anybody waiting for long: while it is away each replica knows what it knows itself. Nothing
 * that it says is more than a hint; whose site it is, each replica checks against its own registry.
 */
export interface SharedSites {
  /** Null while it is away. */
  ask(key: string): Promise<SharedAnswer | null>;
  /**
   * Has no effect when anything was told or dropped since the answer that `version` is of: a look-up that began before a
   * GUID was refused cannot put it back.
   *
   * @param ageMs since the look-up began, of the `goodForMs` for which it may be believed
   */
  tell(key: string, site: SharedSite, version: string, ageMs: number, goodForMs: number): void;
  /**
   * A refused GUID is forgotten by all; who asks is told so for `rememberMs`. Has no effect when another GUID has taken
   * its place.
   */
  drop(key: string, haloGuid: string, rememberMs: number): void;
}
