import type { AccessDeniedReason } from '../../../errors.ts';

/**
 * A 403 of a site-addressed call. The GUID is no longer authoritative, or there is one of four other causes.
 * `authority.ts` determines the cause; no other folder sees this class.
 */
export class Forbidden extends Error {
  readonly haloGuid: string;
  /** The cause that the message names, else UNKNOWN (assumption H5). */
  readonly reason: AccessDeniedReason;

  constructor(haloGuid: string, reason: AccessDeniedReason) {
    super('Halo Cloud answered 403.');
    this.name = 'Forbidden';
    this.haloGuid = haloGuid;
    this.reason = reason;
  }
}
