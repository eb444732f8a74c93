import { GraphQLError } from 'graphql';
import { builder } from './builder.ts';

const text = (value: unknown): string => {
  if (typeof value === 'string') return value;
  throw new GraphQLError('A string is expected here.');
};

/** Any string passes here: what it says is checked by the field that takes it, and answered as `InvalidInput`. */
function textScalar(
  name: 'DateTime' | 'Date' | 'LocalTime' | 'TimeZone' | 'UUID',
  description: string,
  specifiedByUrl?: string,
): void {
  builder.scalarType(name, {
    description,
    ...(specifiedByUrl ? { specifiedByURL: specifiedByUrl } : {}),
    parseValue: text,
    serialize: (value) => value,
  });
}

textScalar(
  'DateTime',
  'RFC 3339 instant to the second, carrying the UTC offset of the place that it happens at: `2026-11-23T09:15:00+10:30`. The first 16 characters are what a clock at that place shows: display them as they are, without converting to the zone of the device. Times of Halo Cloud itself are in UTC.',
  'https://www.rfc-editor.org/rfc/rfc3339',
);
textScalar(
  'Date',
  'Calendar date at the practice, `YYYY-MM-DD`: `2026-11-23`. It has no time zone; do not parse it into an instant.',
);
textScalar(
  'LocalTime',
  'Time of day at the practice, 24 hours, `HH:MM`: `08:30`. `24:00` is the end of the day.',
);
textScalar('TimeZone', 'IANA time zone: `Australia/Adelaide`.', 'https://www.iana.org/time-zones');
textScalar(
  'UUID',
  'UUID of 36 characters: `123e4567-e89b-12d3-a456-426614174000`. Case does not matter on input.',
  'https://www.rfc-editor.org/rfc/rfc9562',
);

builder.scalarType('JSON', {
  description:
    'Any JSON value, as a practice database gives it: text, number, true or false, null, list or object.',
  serialize: (value) => value,
});
