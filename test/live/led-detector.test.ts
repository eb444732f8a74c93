/** One replica detects the changes of a book. Redis can answer late. */
import { expect, it } from 'vitest';
import { LedDetector } from '../../src/live/led-detector.ts';
import type { Leadership } from '../../src/store/replica-channel.ts';
import { ManualTimers } from './manual-timers.ts';

const leader: Leadership = { leader: 'one', leads: true };

function open() {
  const calls: string[] = [];
  const waiting: (() => void)[] = [];
  let isLate = false;
  let isAway = false;
  const doubts: unknown[] = [];
  const timers = new ManualTimers(0);
  const replicas = {
    async join() {
      if (isAway) throw new Error('Redis is away');
      if (isLate) await new Promise<void>((resolve) => waiting.push(resolve));
      calls.push('join');
      return leader;
    },
    async leave() {
      calls.push('leave');
      return 0;
    },
  } as unknown as ConstructorParameters<typeof LedDetector>[0]['replicas'];
  const detector = {
    intervalSeconds: 10,
    maxLagSeconds: 20,
    detect: async () => null,
    start: async () => void calls.push('start'),
    stop: async () => void calls.push('stop'),
    cancelLeft: async () => void calls.push('cancelLeft'),
  };
  const nothing = () => {};
  const led = new LedDetector({
    ...{ detector, replicas, name: 'book', timers },
    ...{ onLead: nothing, onFollow: nothing, onDoubt: (error: unknown) => void doubts.push(error) },
  });
  return {
    led,
    timers,
    calls,
    doubts,
    late: () => (isLate = true),
    away(now: boolean) {
      isAway = now;
    },
    answer() {
      for (const go of waiting.splice(0)) go();
    },
  };
}

it('a renewal that is under way when the replica leaves is over before the leave', async () => {
  const { led, timers, calls, late, answer } = open();
  await led.start();
  late();
  await timers.pass(2);
  const stopped = led.stop();
  answer();
  await stopped;
  expect(calls).toEqual(['join', 'start', 'join', 'leave', 'stop']);
});

it('a start that is under way when the replica leaves starts nothing', async () => {
  const { led, calls, late, answer } = open();
  late();
  const started = led.start();
  const stopped = led.stop();
  answer();
  await Promise.all([started, stopped]);
  expect(calls).toEqual(['join', 'leave', 'cancelLeft']);
});

it('a renewal that fails is a doubt at once, and is tried again', async () => {
  const { led, timers, doubts, away, calls } = open();
  await led.start();
  away(true);
  await timers.pass(2);
  expect(doubts).toMatchObject([{ code: 'UPSTREAM_FAILED' }]);
  away(false);
  await timers.pass(2);
  expect(doubts).toHaveLength(1);
  expect(calls).toEqual(['join', 'start', 'join']);
});
