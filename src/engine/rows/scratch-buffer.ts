/**
 * Used again and again, each time within one turn: memory of its own for each answer takes as long as the decoding. The few
 * answers that are longer have it.
 */
const room = Buffer.allocUnsafeSlow(4 * 1024 * 1024);

/** For so many bytes, until somebody asks again. What stands in it is of no meaning. */
export const scratchBuffer = (length: number): Buffer =>
  length <= room.length ? room : Buffer.allocUnsafe(length);
