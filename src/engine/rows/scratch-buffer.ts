/** Reused, because allocating a buffer for each response takes as long as decoding it. Longer responses get their own. */
const shared = Buffer.allocUnsafeSlow(4 * 1024 * 1024);

/** A buffer of at least this length with arbitrary content. It is valid until the next call, so use it synchronously. */
export const scratchBuffer = (length: number): Buffer =>
  length <= shared.length ? shared : Buffer.allocUnsafe(length);
