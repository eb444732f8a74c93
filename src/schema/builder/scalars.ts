import { GraphQLError } from 'graphql';
import { builder } from './builder.ts';

const text = (value: unknown): string => {
  if (typeof value === 'string') return value;
  throw new GraphQLError('A string is expected here.');
};

/** Accepts any string. The resolver of the field validates it and returns `InvalidInput` if it is malformed. */
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
  'RFC 3339 date and time to the second, with the UTC offset of the location: `2026-11-23T09:15:00+10:30`. The first 16 characters are the local time at the location: display them as they are, and do not convert them to the time zone of the device. Times from Halo Cloud itself are in UTC.',
  'https://www.rfc-editor.org/rfc/rfc3339',
);
textScalar(
  'Date',
  'Calendar date at the practice, `YYYY-MM-DD`: `2026-11-23`. It has no time zone: do not convert it to a point in time.',
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
    "Any JSON value that a practice's database returns: string, number, boolean, null, list or object.",
  serialize: (value) => value,
});
