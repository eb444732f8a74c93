/**
 * `TEST_FAST_PATH=any`: the servers of these tests compile every operation before they execute it. Otherwise most operations
 * come once, and are interpreted.
 */
export const fastPath = process.env.TEST_FAST_PATH === 'any' ? 'any' : 'known';
