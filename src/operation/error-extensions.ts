import type { Caller } from '../auth/caller.ts';
import { type HaloError, PracticeIdentityChanged } from '../errors.ts';

/** Fields of the errors' GraphQL types that have another name than the property. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['reason', 'deniedBecause'],
  ['haloGuid', 'requestedHaloGuid'],
  ['bpSiteId', 'requestedBpSiteId'],
]);

/**
 * What an entry in `errors` holds of a HaloError: everything that its GraphQL type holds and that costs no further read,
 * and the name of that type. `detail` and `addressedSite` are for the log.
 * @param caller decides whether the name of another practice may be read; nobody may without
 */
export function errorExtensions(
  error: HaloError,
  caller: Pick<Caller, 'practices'> | undefined,
): Record<string, unknown> {
  const { name: type, detail: _detail, addressedSite: _addressedSite, code, retryable, ...fields } = error;
  const extensions: Record<string, unknown> = { code, type, retryable, ...fields };
  for (const [property, field] of renamed) {
    if (property in extensions) extensions[field] = extensions[property];
  }
  if (error instanceof PracticeIdentityChanged) extensions.foundName = caller ? error.nameFor(caller) : null;
  return extensions;
}
