import { unacceptable } from './outcome.ts';
import { type Fields, keepsOnly, repeated, textOf } from './sent-element.ts';

/** The phones or the e-mail addresses of a resource. Throws a FhirRefusal 422 for any other contact system. */
export function contactPoints(resource: Fields, system: 'phone' | 'email'): readonly Fields[] {
  const points = repeated(resource, 'telecom');
  if (points.some((point) => point.system !== 'phone' && point.system !== 'email'))
    throw unacceptable('telecom.system: only phone and email can be kept');
  return points.filter((point) => point.system === system);
}

/** The value of a current ContactPoint. Throws a FhirRefusal: 400 without a value, 422 for elements without a column. */
export function contactValue(point: Fields): string {
  keepsOnly(point, ['system', 'use', 'value'], 'telecom');
  if (point.use === 'old' || point.use === 'temp')
    throw unacceptable('telecom.use: former and passing ones cannot be kept');
  return textOf(point.value ?? '', 'telecom.value') ?? '';
}
