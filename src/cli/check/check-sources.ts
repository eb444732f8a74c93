import type { SourcePreference } from '../../datasources/domain/pms.ts';
import { isR4 } from '../../datasources/halo-cloud/fhir/fhir-version.ts';
import type { Capability, SiteCapabilities } from '../../datasources/practice/choose-source.ts';
import { failed, type Outcome, ok, warning } from './finding.ts';

/** Whether the Bp Premier API can be used. */
export function judgeApi(
  { fhirVersion, serverVersion }: SiteCapabilities,
  source: SourcePreference,
): Outcome {
  if (!isR4(fhirVersion)) {
    const said = `The Bp Premier API speaks FHIR ${fhirVersion}, and FHIR R4 is what is understood.`;
    const fix = 'Halo Connect support: another version of Halo Link at the practice.';
    return source === 'bp-premier'
      ? failed(said, `${fix} Or HALO_SOURCE=auto.`)
      : warning(`${said} The server goes on with SQL Passthrough alone.`, fix);
  }
  if (fhirVersion !== null || serverVersion !== null) {
    return ok(
      `The Bp Premier API speaks FHIR ${fhirVersion ?? '(version not told)'}, server ${serverVersion ?? 'not told'}.`,
    );
  }
  const said = "The site's CapabilityStatement cannot be read.";
  const fix = 'Halo Link at the practice: a version with the Bp Premier API; else Halo Connect support.';
  return source === 'bp-premier'
    ? failed(said, `${fix} Or HALO_SOURCE=auto.`)
    : warning(`${said} The server goes on with SQL Passthrough alone.`, fix);
}

/** Who serves what. What no source can change is a choice of the configuration; what none can read is a fault. */
export function judgeSources(
  { operations, sqlRefused }: SiteCapabilities,
  source: SourcePreference,
): Outcome {
  const by = (wanted: Capability['source']) => operations.filter((each) => each.source === wanted);
  const parts = [
    ['Bp Premier API', by('BP_PREMIER')],
    ['SQL Passthrough', by('SQL_PASSTHROUGH')],
    ['nobody', by(null)],
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
    `${source === 'auto' ? 'Halo Link at the practice' : `HALO_SOURCE=${source}`}: nobody can ${words(missing.operation)}. ${missing.reason ?? ''}`.trim(),
  );
}

function words(operation: string): string {
  return operation.toLowerCase().replaceAll('_', ' ');
}
