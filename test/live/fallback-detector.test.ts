/** A site that cannot run registered queries is polled, which is reported as the lag that it has. */
import { describe, expect, it, vi } from 'vitest';
import { NotFound, PmsError, SiteUnavailable, UpstreamFailed } from '../../src/errors.ts';
import type { Detector } from '../../src/live/detector.ts';
import { FallbackDetector } from '../../src/live/fallback-detector.ts';
import { ManualTimers } from './manual-timers.ts';

function scene() {
  const timers = new ManualTimers();
  const detector = (intervalSeconds: number, maxLagSeconds: number) => ({
    start: vi.fn<Detector['start']>(async () => {}),
    detect: vi.fn<Detector['detect']>(async () => null),
    stop: vi.fn<Detector['stop']>(async () => {}),
    ...{ intervalSeconds, maxLagSeconds },
  });
  const [registered, polling] = [detector(10, 90), detector(60, 80)];
  const warn = vi.fn();
  const log = { debug: () => {}, info: () => {}, warn, error: () => {} };
  return {
    timers,
    registered,
    polling,
    warn,
    fallback: new FallbackDetector(registered, polling, { timers, log }),
  };
}

describe('a site that has no registered queries', () => {
  it.each([
    ['its login may not', new PmsError('sql', 229, { detail: 'a test' })],
    ['the API does not know them', new UpstreamFailed(404, { detail: 'a test' })],
    ['it is a 501', new UpstreamFailed(501, { detail: 'a test' })],
    ['it is NotFound', new NotFound({ message: 'a test' })],
  ])('is polled for an hour, since %s; then they are tried again', async (_name, error) => {
    const { timers, registered, polling, warn, fallback } = scene();
    registered.start.mockRejectedValueOnce(error);
    await fallback.start();
    expect(fallback).toMatchObject({ intervalSeconds: 60, maxLagSeconds: 80 });
    await fallback.detect();
    expect(polling.start).toHaveBeenCalledTimes(1);
    expect(polling.detect).toHaveBeenCalledTimes(1);
    expect(registered.detect).not.toHaveBeenCalled();
    expect(registered.stop).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]?.[1]).toMatch(/polled, which is charged/);
    await timers.pass(3_600);
    await fallback.start();
    expect(registered.start).toHaveBeenCalledTimes(2);
    expect(fallback).toMatchObject({ intervalSeconds: 10, maxLagSeconds: 90 });
  });

  it('is one whose queries fail again and again', async () => {
    const { registered, polling, fallback } = scene();
    const offline = new SiteUnavailable({}, { detail: 'a test' });
    await fallback.start();
    registered.detect.mockRejectedValue(offline);
    for (let times = 0; times < 3; times += 1) {
      await expect(fallback.detect()).rejects.toBe(offline);
      expect(polling.start).not.toHaveBeenCalled();
      if (times < 2) await fallback.start();
    }
    await fallback.start();
    expect(polling.start).toHaveBeenCalledTimes(1);
  });
});

it('a practice that is offline is not taken for one', async () => {
  const { registered, polling, fallback } = scene();
  const offline = new SiteUnavailable({}, { detail: 'a test' });
  registered.start.mockRejectedValue(offline);
  for (let times = 0; times < 5; times += 1) await expect(fallback.start()).rejects.toBe(offline);
  expect(polling.start).not.toHaveBeenCalled();
});
