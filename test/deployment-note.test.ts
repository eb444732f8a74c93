import { expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { deploymentNote } from '../src/deployment-note.ts';

const production = {
  HALO_ENVIRONMENT: 'production',
  HALO_SUBSCRIPTION_KEY: 'synthetic',
  API_KEYS_FILE: 'keys.json',
};

it.each([
  ['registered queries with the default name', production, true],
  ['the default name, written out', { ...production, LIVE_DEPLOYMENT: 'default' }, true],
  ['a name of its own', { ...production, LIVE_DEPLOYMENT: 'front-desk' }, false],
  ['polling', { ...production, LIVE_SOURCE: 'poll' }, false],
  ['a source without registered queries', { ...production, HALO_SOURCE: 'bp-premier' }, false],
  ['staging', { ...production, HALO_ENVIRONMENT: 'staging' }, false],
  ['the sandbox', {}, false],
])('an operator is warned of the default deployment name in production: %s', (_what, environment, warns) => {
  const note = deploymentNote(readConfig(environment));
  if (!warns) expect(note).toBeNull();
  else expect(note).toMatchObject({ fix: expect.stringMatching(/^LIVE_DEPLOYMENT: /) });
});
