import { practices } from './practices.ts';
import { startSandbox } from './server/start.ts';

/** Runs the sandbox Halo Cloud as a process. PORT, HOST and the SANDBOX_... variables configure it. */
const { PORT, HOST, SANDBOX_KEY, SANDBOX_TODAY, SANDBOX_LATENCY_MS, SANDBOX_STAGE_MS, SANDBOX_ALONE } =
  process.env;
const stageMs = Number(SANDBOX_STAGE_MS);

const sandbox = await startSandbox({
  host: HOST || '127.0.0.1',
  port: Number(PORT || 0),
  latencyMs: Number(SANDBOX_LATENCY_MS || 0),
  ...(SANDBOX_KEY ? { key: SANDBOX_KEY } : {}),
  ...(SANDBOX_TODAY ? { today: SANDBOX_TODAY } : {}),
  ...(SANDBOX_STAGE_MS && {
    pace: { initialisingMs: stageMs, queuedMs: stageMs, executingMs: stageMs, pageMs: stageMs },
  }),
});

const stop = (): void => {
  sandbox.close().then(() => process.exit(0));
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

if (process.send) process.once('disconnect', stop);
if (process.send && !SANDBOX_ALONE) {
  process.send({
    type: 'listening',
    url: sandbox.url,
    // The GUID that an integrator noted when each practice was paired: the old one, where a server was replaced since.
    practices: practices
      .filter(({ pms, chain }) => pms === 'BestPractice' && !chain)
      .map(({ bpSiteId, name, formerHaloGuid }) => ({
        bpSiteId,
        name,
        ...(formerHaloGuid && { haloGuid: formerHaloGuid }),
      })),
  });
} else {
  process.stdout.write(`Sandbox Halo Cloud: ${sandbox.url}\n`);
}
