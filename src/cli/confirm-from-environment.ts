import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { readConfig } from '../config.ts';
import { HaloError } from '../errors.ts';
import { nameOfProxy, proxyFor } from '../lib/proxy.ts';
import { sandboxKey, startSandboxProcess } from '../sandbox-process.ts';
import { explain } from './check/explain.ts';
import { maxCharged } from './confirm/charged-calls.ts';
import { confirmPractice } from './confirm/confirm-practice.ts';
import { reportText } from './confirm/report-text.ts';

export interface ConfirmCommand {
  readonly bpSiteId: string;
  readonly json: boolean;
  /** Whether the price is accepted beforehand. */
  readonly yes: boolean;
  readonly registered: boolean;
}

/** `text` is for standard output, `problem` for standard error. */
export interface ConfirmOutcome {
  readonly text: string;
  readonly problem: string;
  /** 0: no assumption fails. 1: an assumption does not hold. 3: `confirm` was not carried out. */
  readonly exitCode: 0 | 1 | 3;
}

/** What a run costs, for the person who decides. */
export function priceText({ bpSiteId, registered }: Pick<ConfirmCommand, 'bpSiteId' | 'registered'>): string {
  return [
    `Practice ${bpSiteId}: at most ${maxCharged} charged calls, usually ${registered ? 6 : 5}:`,
    `2 SQL statements that count rows, 3 FHIR searches${registered ? ', 1 registered query' : ''}.`,
    'It changes nothing. The counts read whole tables once: better not in the busiest',
    'hour of the practice.',
  ].join('\n');
}

/**
 * In the sandbox environment without `HALO_BASE_URL`, it starts a sandbox of its own, where nothing is charged.
 * Throws a ConfigError.
 * @param prompt shows a question and returns the answer. Null: nobody is there to answer
 */
export async function confirmFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  command: ConfirmCommand,
  prompt: ((question: string) => Promise<string>) | null,
): Promise<ConfirmOutcome> {
  const config = readConfig(environment);
  const { bpSiteId, json, yes, registered } = command;
  const isOwnSandbox = config.baseUrl === undefined;
  if (!yes && !isOwnSandbox) {
    const price = priceText(command);
    if (prompt === null) return notRun(`${price}\nNot carried out: accept the price with --yes.\n`);
    const answer = await prompt(`${price}\nGo on? [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) return notRun('Not carried out.\n');
  }
  const subscriptionKey = config.subscriptionKey ?? (isOwnSandbox ? randomUUID() : sandboxKey);
  const sandbox = isOwnSandbox ? await startSandboxProcess(subscriptionKey) : undefined;
  const baseUrl = config.baseUrl ?? sandbox?.baseUrl ?? '';
  const proxy = isOwnSandbox ? null : proxyFor(baseUrl, config.proxies);
  try {
    const options = { ...config, baseUrl, proxy, subscriptionKey, bpSiteId, registered };
    const report = await confirmPractice(options);
    const text = json ? `${JSON.stringify(report, undefined, 2)}\n` : reportText(report);
    const failed = report.lines.some(({ state }) => state === 'does not hold');
    return { text, problem: '', exitCode: failed ? 1 : 0 };
  } catch (error) {
    if (!(error instanceof HaloError)) throw error;
    const place = {
      ...{ environment: config.environment, deadlineMs: config.deadlineMs, bpSiteId },
      baseUrl: new URL(baseUrl).origin,
      keys: config.secondaryKey === undefined ? 1 : 2,
      proxy: proxy && nameOfProxy(proxy),
    };
    const { said, fix } = explain(error, place);
    return notRun(`Not carried out. ${said}\n${fix === null ? '' : `-> ${fix}\n`}`);
  } finally {
    sandbox?.stop();
  }
}

const notRun = (problem: string): ConfirmOutcome => ({ text: '', problem, exitCode: 3 });

/** Prompts at a terminal, on standard error, so that standard output is the report alone. */
export async function promptAtTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}
