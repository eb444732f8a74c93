import type { SourcePreference } from '../../datasources/domain/pms.ts';
import { isR4 } from '../../datasources/halo-cloud/fhir/fhir-version.ts';
import type { Capability, SiteCapabilities } from '../../datasources/practice/capabilities.ts';
import { failed, type Outcome, ok, warning } from './finding.ts';

/** Whether the Bp Premier API can be used. */
export function judgeApi(
  { fhirVersion, serverVersion }: SiteCapabilities,
  source: SourcePreference,
): Outcome {
  if (!isR4(fhirVersion)) {
    const said = `The Bp Premier API uses FHIR ${fhirVersion}. Only FHIR R4 is supported.`;
    const fix = 'Halo Connect support: request another version of Halo Link for the practice.';
    return source === 'bp-premier'
      ? failed(said, `${fix} Or HALO_SOURCE=auto.`)
      : warning(`${said} The server uses only SQL Passthrough there.`, fix);
  }
  if (fhirVersion !== null || serverVersion !== null) {
    return ok(
      `The Bp Premier API uses FHIR ${fhirVersion ?? '(version unknown)'}, server ${serverVersion ?? 'unknown'}.`,
    );
  }
  const said = "The site's CapabilityStatement cannot be read.";
  const fix =
    'Halo Link at the practice: update it to a version with the Bp Premier API. If that does not help, contact Halo Connect support.';
  return source === 'bp-premier'
    ? failed(said, `${fix} Or HALO_SOURCE=auto.`)
    : warning(`${said} The server uses only SQL Passthrough there.`, fix);
}

/** Lists which source serves which operation. A missing write depends on the configuration; a missing read is a fault. */
export function judgeSources(
  { operations, sqlRefused }: SiteCapabilities,
  source: SourcePreference,
): Outcome {
  const by = (wanted: Capability['source']) => operations.filter((each) => each.source === wanted);
  const parts = [
    ['Bp Premier API', by('BP_PREMIER')],
    ['SQL Passthrough', by('SQL_PASSTHROUGH')],
    ['no source', by(null)],
  ] as const;
  const said = parts
    .filter(([, served]) => served.length > 0)
    .map(([name, served]) => `${name}: ${served.map(({ operation }) => words(operation)).join(', ')}`)
    .join('; ');
  if (sqlRefused !== undefined) {
    return warning(`${said}. ${sqlRefused}`, 'Database login: see the step database.');
  }
  const missing = by(null).find(({ operation }) => !/^WRITE_/.test(operation));
  if (!missing) return ok(`${said}.`);
  return warning(
    `${said}.`,
    `${source === 'auto' ? 'Halo Link at the practice' : `HALO_SOURCE=${source}`}: no source can ${words(missing.operation)}. ${missing.reason ?? ''}`.trim(),
  );
}

function words(operation: string): string {
  return operation.toLowerCase().replaceAll('_', ' ');
}
