/**
 * How numbers are usually written in FHIR. A server may compare tokens character by character: one search names all forms,
 * and what comes back is compared by its digits (assumption F21).
 */

// Rests on assumption F21.

/** An Australian number in its national form, `0491570156`: also in groups, with brackets, hyphens or the country code. */
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

/** Mobile 4-3-3, of an area 2-4-4, 1300 and 1800 4-3-3, 13 in pairs. */
function groupsOf(national: string): readonly string[] {
  const [, ...groups] =
    /^(04\d\d|1[38]00)(\d{3})(\d{3})$/.exec(national) ??
    /^(0[2-9])(\d{4})(\d{4})$/.exec(national) ??
    /^(13)(\d\d)(\d\d)$/.exec(national) ??
    [];
  return groups;
}

/** The ten digits of a Medicare card, in groups too, alone and with each reference number behind them. */
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
