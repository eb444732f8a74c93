import { describe, expect, it } from 'vitest';
import { createBreakers, type Verdict } from '../../../src/datasources/halo-cloud/transport/breakers.ts';

/** Without chance a pause is as long as it gets. */
function openBreakers(random = () => 0) {
  let now = 1_000_000;
  const told: string[] = [];
  const breakers = createBreakers({
    threshold: 3,
    firstPauseMs: 1_000,
    longestPauseMs: 8_000,
    clock: () => now,
    random,
    changed: (key, state) => told.push(`${key} ${state}`),
  });
  return {
    breakers,
    told,
    pass: (ms: number) => {
      now += ms;
    },
    learn: (key: string, ...verdicts: Verdict[]) => {
      for (const verdict of verdicts) breakers.admit(key)(verdict);
    },
  };
}

describe('a breaker', () => {
  it('breaks after so many failures in a row, and is told of once', () => {
    const { breakers, learn, told } = openBreakers();
    learn('a', 'away', 'away');
    expect(breakers.pauseMs('a')).toBe(0);
    expect(breakers.broken()).toBe(0);
    learn('a', 'away');
    expect(breakers.pauseMs('a')).toBe(1_000);
    expect(breakers.broken()).toBe(1);
    expect(told).toEqual(['a broken']);
  });

  it('counts anew after an answer, and not at all what says nothing', () => {
    const { breakers, learn } = openBreakers();
    learn('a', 'away', 'away', 'here', 'away', 'away', 'unsure', 'unsure');
    expect(breakers.pauseMs('a')).toBe(0);
    learn('a', 'away');
    expect(breakers.pauseMs('a')).toBe(1_000);
  });

  it('leaves the others alone', () => {
    const { breakers, learn } = openBreakers();
    learn('a', 'away', 'away', 'away');
    expect(breakers.pauseMs('b')).toBe(0);
  });

  it('lets one probe go after a pause, and nobody else until it is back', () => {
    const { breakers, learn, pass, told } = openBreakers();
    learn('a', 'away', 'away', 'away');
    pass(1_000);
    expect(breakers.pauseMs('a')).toBe(0);
    const probe = breakers.admit('a');
    expect(breakers.pauseMs('a')).toBe(2_000);
    pass(500);
    probe('here');
    expect(breakers.pauseMs('a')).toBe(0);
    expect(told).toEqual(['a broken', 'a mended']);
  });

  it('doubles its pause with each failed probe, up to the longest', () => {
    const { breakers, learn, pass } = openBreakers();
    learn('a', 'away', 'away', 'away');
    const pauses = [];
    for (let probe = 0; probe < 5; probe += 1) {
      pass(breakers.pauseMs('a'));
      learn('a', 'away');
      pauses.push(breakers.pauseMs('a'));
    }
    expect(pauses).toEqual([2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  it('begins with the first pause again after it has mended', () => {
    const { breakers, learn, pass } = openBreakers();
    learn('a', 'away', 'away', 'away');
    pass(1_000);
    learn('a', 'away');
    pass(2_000);
    learn('a', 'here', 'away', 'away', 'away');
    expect(breakers.pauseMs('a')).toBe(1_000);
  });

  it('sends the next probe after a pause where one never comes back', () => {
    const { breakers, learn, pass } = openBreakers();
    learn('a', 'away', 'away', 'away');
    pass(1_000);
    breakers.admit('a');
    pass(2_000);
    expect(breakers.pauseMs('a')).toBe(0);
  });

  it('pays no heed to failures of what was under way when it broke', () => {
    const { breakers, learn, pass } = openBreakers();
    const late = breakers.admit('a');
    learn('a', 'away', 'away', 'away');
    pass(900);
    late('away');
    expect(breakers.pauseMs('a')).toBe(100);
  });

  it('cuts a pause by up to half, at random', () => {
    const { breakers, learn } = openBreakers(() => 0.5);
    learn('a', 'away', 'away', 'away');
    expect(breakers.pauseMs('a')).toBe(750);
  });

  it('is forgotten when nobody asks for ten minutes', () => {
    const { breakers, learn, pass } = openBreakers();
    learn('a', 'away', 'away', 'away');
    pass(10 * 60_000 + 1);
    expect(breakers.broken()).toBe(0);
    learn('a', 'away');
    expect(breakers.pauseMs('a')).toBe(0);
  });
});
