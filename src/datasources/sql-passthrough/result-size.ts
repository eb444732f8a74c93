/** Which reads may exceed the 8 MB of an immediate result. Such a read is charged twice: it runs again as an async query. */

// Rests on assumption P3.

const immediateRows = { joined: 3_000, narrow: 20_000 };

export const maxCharges = (rows: number, width: keyof typeof immediateRows = 'joined'): number =>
  rows > immediateRows[width] ? 2 : 1;
