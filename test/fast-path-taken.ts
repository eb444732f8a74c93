/**
 * `TEST_FAST_PATH=any`: the servers of these tests answer by the fast path whatever it can answer, also what comes for the first
 * time. Otherwise most is asked once, and goes through the whole pipeline.
 */
export const fastPath = process.env.TEST_FAST_PATH === 'any' ? 'any' : 'known';
