/**
 * A text in UTF-8, one character for each byte. Decoding a long text costs more than scanning its rows, and one character beyond
 * Latin-1 doubles its size. Nearly all values in it are ASCII, so only the others are decoded.
 */
export class Utf8Text {
  readonly units: string;

  /** @param units each has a code below 256 */
  constructor(units: string) {
    this.units = units;
  }

  toString(): string {
    return Buffer.from(this.units, 'latin1').toString('utf8');
  }
}
