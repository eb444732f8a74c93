/** GraphiQL as somebody meets it who has just started the sandbox. */
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findChromium } from './find-chromium.ts';
import { build, type RunningFacade, startFacade } from './running-facade.ts';

const executablePath = findChromium();
if (!executablePath) process.stdout.write('SKIPPED test/e2e/graphiql.test.ts: no chromium here.\n');

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

describe.skipIf(!executablePath)('GraphiQL in a browser', { timeout: 60_000 }, () => {
  let facade: RunningFacade;
  let browser: Browser;
  let url: string;

  beforeAll(build);
  beforeAll(async () => {
    facade = startFacade();
    url = (await facade.said(/GraphiQL +(http:\S+\/graphql)/))[1] as string;
    browser = await chromium.launch({ executablePath: executablePath as string, args });
  });
  afterAll(async () => {
    await browser?.close();
    facade?.process.kill('SIGTERM');
    await facade?.ended();
  });

  it('answers the first tab, the day book, without another click, and asks no other host', async () => {
    const { page, hosts } = await opened();
    expect(await page.locator('.graphiql-tab-active').textContent()).toContain('DayBook');
    const answer = await run(page, 'DayBook');
    const { nodes } = answer.data.practice.appointments;
    expect(nodes.length).toBeGreaterThan(20);
    expect(answer.extensions.halo.cost.charged).toBe(1);
    const fullName = nodes.find((node) => node.patient)?.patient?.fullName ?? 'nobody';
    await page.waitForFunction(
      (text) => document.querySelector('.graphiql-response')?.textContent?.includes(text),
      // The editor writes blanks as no-break spaces.
      fullName.replaceAll(' ', '\u00a0'),
    );
    expect([...hosts]).toEqual(['127.0.0.1']);
    await page.context().close();
  });

  it('E1: turns to each tab on one click, and runs it', async () => {
    const { page, hosts } = await opened();
    const others = [
      'FreeSlots',
      'PatientSearch',
      'TimesToBook',
      'SqlAtSite',
      'MovedPractice',
      'OfflinePractice',
    ];
    for (const name of [...others, 'DayBook']) {
      await page.locator('.graphiql-tab-button', { hasText: name }).click();
      await page.locator('.graphiql-tab-active', { hasText: name }).waitFor({ timeout: 5_000 });
      const answer = await run(page, name);
      expect(answer.errors, name).toBeUndefined();
    }
    expect([...hosts]).toEqual(['127.0.0.1']);
    await page.context().close();
  });

  /** The page as a first visitor sees it, once it has settled, and the hosts that it asks. */
  async function opened(): Promise<{ page: Page; hosts: ReadonlySet<string> }> {
    const page = await (await browser.newContext()).newPage();
    const hosts = new Set<string>();
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol !== 'blob:' && protocol !== 'data:') hosts.add(hostname);
    });
    await page.goto(url);
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
    await page.evaluate(() => document.fonts.ready);
    return { page, hosts };
  }
});

interface Answer {
  readonly data: { readonly practice: { readonly appointments: { readonly nodes: readonly Row[] } } };
  readonly errors?: readonly unknown[];
  readonly extensions: { readonly halo: { readonly cost: { readonly charged: number } } };
}

interface Row {
  readonly patient: { readonly fullName: string } | null;
}

/** Presses the button, and waits for the answer to that operation. */
async function run(page: Page, operation: string): Promise<Answer> {
  // While something runs, the same button stops it.
  const button = page.locator('.graphiql-execute-button[aria-label^="Execute"]');
  const asked = await vi.waitFor(
    async () => {
      // For a moment after a turn GraphiQL still names the operation of the tab before, and sends nothing.
      const sent = page.waitForRequest((request) => request.postDataJSON()?.operationName === operation, {
        timeout: 1_000,
      });
      const [request] = await Promise.all([sent, choose(page, button, operation)]);
      return request;
    },
    { timeout: 20_000, interval: 100 },
  );
  const answer = await (await asked.response())?.json();
  await button.waitFor();
  return answer;
}

/** Of a tab with several operations, the button opens their list. */
async function choose(page: Page, button: Locator, operation: string): Promise<void> {
  await button.click();
  const item = page.getByRole('menuitem', { name: operation });
  if ((await page.getByRole('menu').count()) > 0) await item.click({ timeout: 500 });
}
