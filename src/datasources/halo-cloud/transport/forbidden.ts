import type { AccessDeniedReason } from '../../../errors.ts';

/**
 * A 403 of a site-addressed call: the GUID is no longer authoritative, or one of four other causes. It never leaves this
 * folder: `authority.ts` decides what it was.
 */
export class Forbidden extends Error {
  readonly haloGuid: string;
  /** What the message names, if it names anything (assumption H5). */
  readonly reason: AccessDeniedReason;

  constructor(haloGuid: string, reason: AccessDeniedReason) {
    super('Halo Cloud answered 403.');
    this.name = 'Forbidden';
    this.haloGuid = haloGuid;
    this.reason = reason;
  }
}
