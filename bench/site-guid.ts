/** The Halo GUID of a practice of the sandbox, for what calls the upstream without the facade. */
export const guidOf = (bpSiteId: string): string => `5a4db0c5-0000-4000-8000-${bpSiteId.padStart(12, '0')}`;
