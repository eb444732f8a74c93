import type { Caller } from '../auth/caller.ts';
import { type HaloError, PracticeIdentityChanged } from '../errors.ts';

/** Fields of the errors' GraphQL types whose name differs from the property's. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['reason', 'deniedBecause'],
  ['haloGuid', 'requestedHaloGuid'],
  ['bpSiteId', 'requestedBpSiteId'],
]);

/**
 * The extensions of a HaloError in `errors`: the name of its GraphQL type, and the fields of that type that need no further
 * read. `detail` and `addressedSite` are only for the log, and `heldBack` for the live books.
 * @param caller decides whether the name of another practice is included; without a caller it is not
 */
export function errorExtensions(
  error: HaloError,
  caller: Pick<Caller, 'practices'> | undefined,
): Record<string, unknown> {
  const { name: type, code, retryable, ...rest } = error;
  const { detail: _detail, addressedSite: _addressedSite, heldBack: _heldBack, ...fields } = rest;
  const extensions: Record<string, unknown> = { code, type, retryable, ...fields };
  for (const [property, field] of renamed) {
    if (property in extensions) extensions[field] = extensions[property];
  }
  if (error instanceof PracticeIdentityChanged) extensions.foundName = caller ? error.nameFor(caller) : null;
  return extensions;
}
