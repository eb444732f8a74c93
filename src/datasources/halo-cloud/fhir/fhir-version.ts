/**
 * Whether a CapabilityStatement's `fhirVersion` is R4, or R4B, in which what is read and written here is the same. A server
 * that names none is taken at Halo's word, which promises R4.
 */
export function isR4(fhirVersion: string | null): boolean {
  return fhirVersion === null || /^4\.[013](\.|$)/.test(fhirVersion);
}
