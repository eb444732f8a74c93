/** One practice in a FHIR server, and the facade in front of it. All people are invented. */
import type { Location, Patient, Practitioner, Resource } from '@medplum/fhirtypes';
import { type Facade, openFacade } from '../../open-facade.ts';
import { type HaloShell, type ShellOptions, startShell } from './halo-shell.ts';

export const clinic: Location = {
  resourceType: 'Location',
  id: '1',
  status: 'active',
  name: 'Foreign Server Clinic',
  address: { line: ['1 Example Street'], city: 'Sydney', state: 'NSW', postalCode: '2000', country: 'AU' },
};

export const doctor: Practitioner = {
  resourceType: 'Practitioner',
  id: '7',
  active: true,
  name: [{ use: 'official', prefix: ['Dr'], family: 'Example', given: ['Ada'] }],
};

export const patient = (id: string, more: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  id,
  active: true,
  name: [{ use: 'official', family: `Testperson${id}`, given: ['Terry'] }],
  gender: 'other',
  birthDate: '1980-02-29',
  ...more,
});

export interface ForeignPractice extends HaloShell {
  readonly facade: Facade;
}

/** @param resources in addition to the clinic and its doctor */
export async function openPractice(
  resources: readonly Resource[],
  options: ShellOptions = {},
): Promise<ForeignPractice> {
  const shell = await startShell([clinic, doctor, ...resources], options);
  const facade = openFacade({ baseUrl: shell.url, source: 'bp-premier' });
  return {
    ...shell,
    facade,
    async close() {
      await facade.close();
      await shell.close();
    },
  };
}
