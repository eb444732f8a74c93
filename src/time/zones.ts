/**
 * The time zone of a postcode (assumption T2). Australia Post's ranges give the state, and the state gives the zone. The
 * places below use the time of another state, or an offset of their own.
 */
import type { TimeZone } from './types.ts';

const exceptions: Readonly<Record<string, TimeZone>> = {
  '2880': 'Australia/Broken_Hill', // Broken Hill and Silverton (NSW) keep South Australian time.
  '2879': 'Australia/Broken_Hill', // Menindee district, Broken Hill's exchange.
  '2898': 'Australia/Lord_Howe', // Half an hour of daylight saving.
  '2899': 'Pacific/Norfolk',
  '6443': 'Australia/Eucla', // Eucla, Madura, Mundrabilla: +08:45.
  '6798': 'Indian/Christmas',
  '6799': 'Indian/Cocos',
};

const states: readonly (readonly [from: number, to: number, zone: TimeZone])[] = [
  [200, 299, 'Australia/Sydney'], // ACT
  [800, 999, 'Australia/Darwin'],
  [1000, 2599, 'Australia/Sydney'],
  [2600, 2618, 'Australia/Sydney'], // ACT
  [2619, 2999, 'Australia/Sydney'],
  [3000, 3999, 'Australia/Melbourne'],
  [4000, 4999, 'Australia/Brisbane'],
  [5000, 5999, 'Australia/Adelaide'],
  [6000, 6999, 'Australia/Perth'],
  [7000, 7999, 'Australia/Hobart'],
  [8000, 8999, 'Australia/Melbourne'],
  [9000, 9999, 'Australia/Brisbane'],
];

/** The IANA zone of an Australian postcode; undefined for any other text. Accepts leading blanks and a missing leading zero. */
export function zoneOfPostcode(postcode: string | null | undefined): TimeZone | undefined {
  const text = postcode?.trim() ?? '';
  if (!/^\d{3,4}$/.test(text)) return undefined;
  const known = exceptions[text];
  if (known) return known;
  const number = Number(text);
  return states.find(([from, to]) => number >= from && number <= to)?.[2];
}

/** Used if nothing is known. The notice `TIME_ZONE_ASSUMED` reports it. */
export const assumedZone: TimeZone = 'Australia/Sydney';
