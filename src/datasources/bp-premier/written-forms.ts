/**
 * The usual forms of numbers in FHIR. A server may compare tokens character by character, so one search sends all forms. The
 * results are compared by their digits (assumption F21).
 */

// Rests on assumption F21.

/** Forms of an Australian number, given as `0491570156`: in groups, with brackets, hyphens or the country code. */
export function phoneForms(national: string): readonly string[] {
  const [area = '', first = '', second = '', third = ''] = groupsOf(national);
  if (first === '') return [national];
  const later = [first, second, third].filter((group) => group !== '');
  const grouped = (separator: string) => [area, ...later].join(separator);
  const forms = [national, grouped(' '), grouped('-')];
  if (!national.startsWith('0')) return forms;
  const withoutZero = area.slice(1);
  const afterArea = [' ', ''].flatMap((separator) => [
    `${area} ${later.join(separator)}`,
    `(${area}) ${later.join(separator)}`,
    `(${area})${later.join(separator)}`,
  ]);
  return [
    ...new Set([...forms, ...(area.length === 2 ? afterArea : [])]),
    ...['+61', '61'].flatMap((country) => [
      `${country}${national.slice(1)}`,
      `${country} ${[withoutZero, ...later].join(' ')}`,
      `${country} (0)${[withoutZero, ...later].join(' ')}`,
    ]),
  ];
}

/** Groups: mobile 4-3-3, area code 2-4-4, 1300 and 1800 4-3-3, 13 in pairs. */
function groupsOf(national: string): readonly string[] {
  const [, ...groups] =
    /^(04\d\d|1[38]00)(\d{3})(\d{3})$/.exec(national) ??
    /^(0[2-9])(\d{4})(\d{4})$/.exec(national) ??
    /^(13)(\d\d)(\d\d)$/.exec(national) ??
    [];
  return groups;
}

/** Forms of the ten digits of a Medicare card: also in groups, without and with each reference number. */
export function medicareForms(number: string): readonly string[] {
  const grouped = number.replace(/^(\d{4})(\d{5})(\d)$/, '$1 $2 $3');
  const hyphened = grouped.replaceAll(' ', '-');
  const references = Array.from({ length: 9 }, (_, index) => String(index + 1));
  return [
    number,
    grouped,
    hyphened,
    ...references.flatMap((reference) => [
      `${number}${reference}`,
      ...[number, grouped, hyphened].flatMap((card) =>
        [' ', '/', '-'].map((separator) => `${card}${separator}${reference}`),
      ),
    ]),
  ];
}
