import { scratchBuffer } from './scratch-buffer.ts';

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

  /** Undefined for a text with a lone surrogate, which UTF-8 cannot represent. */
  static of(text: string): Utf8Text | undefined {
    const bytes = scratchBuffer(3 * text.length);
    const length = bytes.write(text, 'utf8');
    if (length === text.length) return new Utf8Text(text);
    return text.isWellFormed() ? new Utf8Text(bytes.toString('latin1', 0, length)) : undefined;
  }

  toString(): string {
    return Buffer.from(this.units, 'latin1').toString('utf8');
  }
}
