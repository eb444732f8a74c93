/**
 * Whether a CapabilityStatement's `fhirVersion` is R4 or R4B. The resources used here are the same in both. A missing
 * version counts as R4, because Halo documents R4.
 */
export function isR4(fhirVersion: string | null): boolean {
  return fhirVersion === null || /^4\.[013](\.|$)/.test(fhirVersion);
}
