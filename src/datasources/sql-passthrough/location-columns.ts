import type { Cells } from '../../engine/row-decoder.ts';
import type { Location } from '../domain/clinic.ts';
import type { Selection } from '../domain/selection.ts';
import { addressReader } from './address.ts';
import { type SelectList, whereSelected } from './columns.ts';
import type { Zones } from './zones.ts';

/** `l` is LOCATIONS. */
export const postcodeOfLocation = 'l.POSTCODE';

/**
 * Selects the columns of locations with these fields, and always the postcode, which determines the zone. The reader returns
 * null when the row has no location. LOCATIONS has no state and no country.
 */
export function locationReader(
  list: SelectList,
  fields: Selection,
): (row: Cells, zones: Zones) => Location | null {
  const selected = whereSelected(fields);
  const pmsId = list.id('l.LOCATIONID');
  const postcode = list.text(postcodeOfLocation);
  const name = selected(['name'], () => list.text('l.LOCATIONNAME'));
  const address = selected(['address'], () =>
    addressReader({
      line1: list.text('l.ADDRESS1'),
      line2: list.text('l.ADDRESS2'),
      suburb: list.text('l.CITY'),
      postcode,
    }),
  );
  const phone = selected(['phone'], () => list.text('l.PHONE'));
  const email = selected(['email'], () => list.text('l.EMAIL'));
  return (row, zones) => {
    const id = pmsId(row);
    if (id === null) return null;
    return {
      pmsId: id,
      name: name(row),
      address: address(row),
      phone: phone(row),
      email: email(row),
      timeZone: zones.of(postcode(row)),
    };
  };
}
