import { describe, expect, it } from 'vitest';
import { createBreakers, type Verdict } from '../../../src/datasources/halo-cloud/transport/breakers.ts';

/** With random() = 0 each pause has its full length. */
function openBreakers(random = () => 0) {
  let now = 1_000_000;
  const changes: string[] = [];
  const breakers = createBreakers({
    threshold: 3,
    firstPauseMs: 1_000,
    maxPauseMs: 8_000,
    clock: () => now,
    random,
    changed: (key, state) => changes.push(`${key} ${state}`),
  });
  return {
    breakers,
    changes,
    pass: (ms: number) => {
      now += ms;
    },
    learn: (key: string, ...verdicts: Verdict[]) => {
      for (const verdict of verdicts) breakers.admit(key)(verdict);
    },
  };
}

describe('a circuit breaker', () => {
  it('opens after three consecutive failures, and reports it once', () => {
    const { breakers, learn, changes } = openBreakers();
    learn('a', 'unreachable', 'unreachable');
    expect(breakers.pauseMs('a')).toBe(0);
    expect(breakers.openCount()).toBe(0);
    learn('a', 'unreachable');
    expect(breakers.pauseMs('a')).toBe(1_000);
    expect(breakers.openCount()).toBe(1);
    expect(changes).toEqual(['a open']);
  });

  it('starts to count again after an answer, and ignores unknown verdicts', () => {
    const { breakers, learn } = openBreakers();
    learn('a', 'unreachable', 'unreachable', 'reachable', 'unreachable', 'unreachable', 'unknown', 'unknown');
    expect(breakers.pauseMs('a')).toBe(0);
    learn('a', 'unreachable');
    expect(breakers.pauseMs('a')).toBe(1_000);
  });

  it('does not stay open for hours when the clock is set back by hours', () => {
    const { breakers, learn, pass, changes } = openBreakers();
    learn('a', 'unreachable', 'unreachable', 'unreachable');
    pass(-10 * 3_600_000);
    expect(breakers.pauseMs('a')).toBe(0);
    const probe = breakers.admit('a');
    expect(breakers.pauseMs('a')).toBe(2_000);
    probe('reachable');
    expect(changes).toEqual(['a open', 'a closed']);
  });

  it('does not affect other keys', () => {
    const { breakers, learn } = openBreakers();
    learn('a', 'unreachable', 'unreachable', 'unreachable');
    expect(breakers.pauseMs('b')).toBe(0);
  });

  it('admits one probe after a pause, and no other call until the probe has an outcome', () => {
    const { breakers, learn, pass, changes } = openBreakers();
    learn('a', 'unreachable', 'unreachable', 'unreachable');
    pass(1_000);
    expect(breakers.pauseMs('a')).toBe(0);
    const probe = breakers.admit('a');
    expect(breakers.pauseMs('a')).toBe(2_000);
    pass(500);
    probe('reachable');
    expect(breakers.pauseMs('a')).toBe(0);
    expect(changes).toEqual(['a open', 'a closed']);
  });

  it('doubles its pause with each failed probe, up to the maximum', () => {
    const { breakers, learn, pass } = openBreakers();
    learn('a', 'unreachable', 'unreachable', 'unreachable');
    const pauses = [];
    for (let probe = 0; probe < 5; probe += 1) {
      pass(breakers.pauseMs('a'));
      learn('a', 'unreachable');
      pauses.push(breakers.pauseMs('a'));
    }
    expect(pauses).toEqual([2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  it('starts with the first pause again after it has closed', () => {
    const { breakers, learn, pass } = openBreakers();
    learn('a', 'unreachable', 'unreachable', 'unreachable');
    pass(1_000);
    learn('a', 'unreachable');
    pass(2_000);
    learn('a', 'reachable', 'unreachable', 'unreachable', 'unreachable');
    expect(breakers.pauseMs('a')).toBe(1_000);
  });

  it('sends another probe after a pause when a probe never ends', () => {
    const { breakers, learn, pass } = openBreakers();
    learn('a', 'unreachable', 'unreachable', 'unreachable');
    pass(1_000);
    breakers.admit('a');
    pass(2_000);
    expect(breakers.pauseMs('a')).toBe(0);
  });

  it('ignores failures of calls that were in flight when it opened', () => {
    const { breakers, learn, pass } = openBreakers();
    const late = breakers.admit('a');
    learn('a', 'unreachable', 'unreachable', 'unreachable');
    pass(900);
    late('unreachable');
    expect(breakers.pauseMs('a')).toBe(100);
  });

  it('shortens a pause by up to half, at random', () => {
    const { breakers, learn } = openBreakers(() => 0.5);
    learn('a', 'unreachable', 'unreachable', 'unreachable');
    expect(breakers.pauseMs('a')).toBe(750);
  });

  it('is forgotten when no call uses it for ten minutes', () => {
    const { breakers, learn, pass } = openBreakers();
    learn('a', 'unreachable', 'unreachable', 'unreachable');
    pass(10 * 60_000 + 1);
    expect(breakers.openCount()).toBe(0);
    learn('a', 'unreachable');
    expect(breakers.pauseMs('a')).toBe(0);
  });
});
