import { randomUUID } from 'node:crypto';
import { readConfig } from '../config.ts';
import { proxyFor } from '../lib/proxy.ts';
import { sandboxKey, startSandboxProcess } from '../sandbox-process.ts';
import { checkHaloCloud } from './check/check-halo-cloud.ts';
import { reportText } from './check/report-text.ts';

const sandboxPractice = '1001';

/**
 * Checks the server's configuration. In the sandbox environment without `HALO_BASE_URL`, it starts a sandbox of its own and
 * checks practice 1001. Throws a ConfigError.
 */
export async function checkFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  { bpSiteId, json }: { readonly bpSiteId: string | undefined; readonly json: boolean },
): Promise<{ readonly text: string; readonly allRight: boolean }> {
  const config = readConfig(environment);
  const ownKey = config.baseUrl === undefined ? randomUUID() : sandboxKey;
  const subscriptionKey = config.subscriptionKey ?? ownKey;
  const sandbox = config.baseUrl === undefined ? await startSandboxProcess(subscriptionKey) : undefined;
  try {
    const recorded = config.practices.map((practice) => practice.bpSiteId);
    const wanted = bpSiteId === undefined ? recorded : [bpSiteId];
    const report = await checkHaloCloud({
      ...config,
      baseUrl: config.baseUrl ?? sandbox?.baseUrl ?? '',
      proxy: config.baseUrl === undefined ? null : proxyFor(config.baseUrl, config.proxies),
      subscriptionKey,
      practices: recorded.length > 0 ? config.practices : (sandbox?.practices ?? []),
      bpSiteIds: wanted.length === 0 && sandbox ? [sandboxPractice] : wanted,
    });
    const text = json ? `${JSON.stringify(report, undefined, 2)}\n` : reportText(report);
    return { text, allRight: report.allRight };
  } finally {
    sandbox?.stop();
  }
}
