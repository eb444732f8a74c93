import { expect, it } from 'vitest';
import { zoneOfPostcode } from '../../src/time/zones.ts';

it.each([
  ['2000', 'Australia/Sydney'],
  ['2600', 'Australia/Sydney'],
  ['2485', 'Australia/Sydney'],
  ['4225', 'Australia/Brisbane'],
  ['3000', 'Australia/Melbourne'],
  ['5000', 'Australia/Adelaide'],
  ['6000', 'Australia/Perth'],
  ['7000', 'Australia/Hobart'],
  ['0800', 'Australia/Darwin'],
  ['800', 'Australia/Darwin'],
  ['2880', 'Australia/Broken_Hill'],
  ['2898', 'Australia/Lord_Howe'],
  ['6443', 'Australia/Eucla'],
  [' 5000 ', 'Australia/Adelaide'],
  ['', undefined],
  [null, undefined],
  ['SW1A', undefined],
  ['0100', undefined],
])('postcode %s lies in %s', (postcode, zone) => {
  expect(zoneOfPostcode(postcode)).toBe(zone);
});
