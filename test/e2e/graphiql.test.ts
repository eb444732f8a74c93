/** GraphiQL as a first user of the sandbox sees it. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { HaloExtension } from '../../src/operation/halo-extension.ts';
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
  /** A first visit, which goes on from test to test, as one person's does. */
  let visit: Visit;

  beforeAll(build);
  beforeAll(async () => {
    facade = startFacade();
    url = (await facade.said(/GraphiQL +(http:\S+\/graphql)/))[1] as string;
    browser = await chromium.launch({ executablePath: executablePath as string, args });
    visit = await opened();
  });
  afterAll(async () => {
    await browser?.close();
    facade?.process.kill('SIGTERM');
    await facade?.ended();
  });

  it('runs the welcome on one click, shows its cost, and contacts no other host', async () => {
    const { page, hosts, faults } = visit;
    expect(await page.locator('.graphiql-tab-active').textContent()).toContain('Welcome');
    const answer = await run(page, 'Welcome');
    const { cost, requestId } = answer.extensions.halo;
    const panel = page.locator('.halo-panel');
    await panel.getByText(`${cost.charged} charged`).first().waitFor();
    expect(await panel.textContent()).toContain(`${cost.calls} call`);
    expect(await panel.textContent()).toContain('0 notices');
    expect(await panel.textContent()).toContain(requestId);
    expect([...hosts]).toEqual(['127.0.0.1']);
    expect(faults).toEqual([]);
  });

  it('E1: turns to each tab on one click, and runs it', async () => {
    const { page, hosts, faults } = visit;
    const others = [
      'DayBook',
      'FreeSlots',
      'PatientSearch',
      'TimesToBook',
      'SqlAtSite',
      'MovedPractice',
      'OfflinePractice',
    ];
    for (const name of [...others, 'Welcome']) {
      await page.locator('.graphiql-tab-button', { hasText: name }).click();
      await page.locator('.graphiql-tab-active', { hasText: name }).waitFor({ timeout: 20_000 });
      const answer = await run(page, name);
      expect(answer.errors, name).toBeUndefined();
    }
    expect([...hosts]).toEqual(['127.0.0.1']);
    expect(faults).toEqual([]);
  });

  it('fetches its files once: the second visit has them from the cache', async () => {
    const context = visit.page.context();
    const second = await context.newPage();
    const network = await context.newCDPSession(second);
    await network.send('Network.enable');
    const assets = new Set<string>();
    let bytes = 0;
    network.on('Network.requestWillBeSent', ({ requestId, request }) => {
      if (request.url.includes('/assets/')) assets.add(requestId);
    });
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (assets.has(requestId)) bytes += encodedDataLength;
    });
    await second.goto(url);
    await second.locator('.graphiql-query-editor .view-line').first().waitFor();
    expect(assets.size).toBeGreaterThan(4);
    expect(bytes).toBe(0);
    await second.close();
  });

  it('shows the events of a live book as they arrive, and what each cost', async () => {
    const { page, faults } = visit;
    await page.locator('.graphiql-tab-button', { hasText: 'LiveBook' }).click();
    await page.locator('.graphiql-tab-active', { hasText: 'LiveBook' }).waitFor({ timeout: 20_000 });
    const response = page.locator('.result-window');
    const showsEvent = (text: string) => response.getByText(text).first().waitFor({ timeout: 20_000 });
    await vi.waitFor(
      async () => {
        await page.locator('.graphiql-execute-button[aria-label^="Execute"]').click({ timeout: 500 });
        await page.locator('.graphiql-execute-button[aria-label^="Stop"]').waitFor({ timeout: 1_000 });
      },
      { timeout: 20_000, interval: 100 },
    );
    await showsEvent('AppointmentBookSnapshot');
    const other = await opened();
    await other.page.locator('.graphiql-tab-button', { hasText: 'TimesToBook' }).click();
    expect((await run(other.page, 'BookAppointment')).errors).toBeUndefined();
    await showsEvent('AppointmentBookChanged');
    await showsEvent('BOOKED');
    await page.locator('.halo-panel').getByText('1 charged').first().waitFor();
    await shot(page, 'live');
    await page.locator('.graphiql-execute-button[aria-label^="Stop"]').click();
    await page.locator('.graphiql-execute-button[aria-label^="Execute"]').waitFor();
    expect([...faults, ...other.faults]).toEqual([]);
    await other.page.context().close();
  });

  it('draws the upstream calls of an explained operation', async () => {
    const { page } = visit;
    await page.getByLabel('Explain').check();
    await page.locator('.graphiql-tab-button', { hasText: 'MovedPractice' }).click();
    const answer = await run(page, 'MovedPractice');
    const calls = page.getByRole('list', { name: 'Upstream calls' }).getByRole('listitem');
    await vi.waitFor(async () =>
      expect(await calls.count()).toBe(answer.extensions.halo.explain?.calls.length),
    );
    const texts = await calls.locator('summary').allTextContents();
    expect(texts.filter((text) => text.includes('403')).length).toBeGreaterThan(0);
    expect(texts.filter((text) => text.includes('on the new server')).length).toBeGreaterThan(0);
    expect(texts.filter((text) => text.includes('1 charged')).length).toBe(
      answer.extensions.halo.cost.charged,
    );
    await page.locator('.halo-notice', { hasText: 'SITE_MOVED' }).waitFor();
    const appointments = calls.filter({ hasText: 'practice.appointments' }).first();
    await appointments.locator('summary').click();
    expect(await appointments.locator('pre').textContent()).toContain('FROM dbo.APPOINTMENTS');
    const bar = await appointments.locator('.halo-call-bar').boundingBox();
    expect(bar?.width).toBeGreaterThan(0);
    await shot(page, 'explained');
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('offers the success before the errors of a union', async () => {
    const { page } = visit;
    await page.locator('.graphiql-query-editor .view-lines').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('{ practice(bpSiteId: "1001") { ... on  } }');
    for (let left = 0; left < 4; left += 1) await page.keyboard.press('ArrowLeft');
    const names = page.locator('.suggest-widget .monaco-list-row .label-name');
    await vi.waitFor(
      async () => {
        await page.keyboard.press('Control+Space');
        await names.first().waitFor({ timeout: 1_000 });
      },
      { timeout: 20_000 },
    );
    expect(await names.first().textContent()).toBe('Practice');
  });

  it('fits a phone of 390 px', async () => {
    const { page } = await opened({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await page.getByLabel('Explain').check();
    await run(page, 'Welcome');
    await page.locator('.halo-timeline').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    for (const part of ['.graphiql-query-editor', '.result-window', '.halo-panel']) {
      const box = await page.locator(part).boundingBox();
      expect(box?.x, part).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0), part).toBeLessThanOrEqual(390);
      expect(box?.width, part).toBeGreaterThan(300);
    }
    await shot(page, 'phone');
    expect(await seriousFaults(page)).toEqual([]);
    await page.context().close();
  });

  it('says where to enter a credential, and forgets it with the page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'halo-graph-graphiql-'));
    const key = 'synthetic-key-for-this-test';
    const sha256 = createHash('sha256').update(key).digest('hex');
    const entry = { name: 'visitor', sha256, scopes: ['sites:read'], practices: ['*'] };
    writeFileSync(join(folder, 'keys.json'), JSON.stringify([entry]));
    const closed = startFacade({ API_KEYS_FILE: join(folder, 'keys.json') });
    try {
      const closedUrl = (await closed.said(/GraphiQL +(http:\S+\/graphql)/))[1] as string;
      const { page } = await opened({}, closedUrl);
      const field = page.getByLabel('This server needs an API key or a token.');
      await field.fill(key);
      await shot(page, 'credential');
      const introspected = page.waitForResponse((response) => response.request().method() === 'POST');
      await page.getByRole('button', { name: 'Use', exact: true }).click();
      expect((await introspected).status()).toBe(200);
      await page.getByText('Requests carry your credential.').waitFor();
      expect((await run(page, 'Welcome')).errors).toBeUndefined();
      const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
      expect(kept).toContain('Welcome');
      expect(kept).not.toContain(key);
      await page.context().close();
    } finally {
      closed.process.kill('SIGTERM');
      await closed.ended();
      rmSync(folder, { recursive: true });
    }
  });

  /** The page after loading, the hosts it contacts and its errors. */
  async function opened(options: BrowserContextOptions = {}, address = url): Promise<Visit> {
    const page = await (await browser.newContext(options)).newPage();
    const hosts = new Set<string>();
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol !== 'blob:' && protocol !== 'data:') hosts.add(hostname);
    });
    await page.goto(address);
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
    await page.evaluate(() => document.fonts.ready);
    return { page, hosts, faults };
  }
});

interface Visit {
  readonly page: Page;
  readonly hosts: ReadonlySet<string>;
  readonly faults: readonly string[];
}

interface Answer {
  readonly errors?: readonly unknown[];
  readonly extensions: { readonly halo: HaloExtension };
}

/** To be looked at by a person: only where a folder is named. */
async function shot(page: Page, name: string): Promise<void> {
  const { SCREENSHOTS } = process.env;
  if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/graphiql-${name}.png`, fullPage: true });
}

/** What axe finds in the panel. The editor and its frame are GraphiQL's own. */
async function seriousFaults(page: Page): Promise<readonly string[]> {
  // The page's policy lets no script in; the protocol of the browser does.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const inPage = globalThis as unknown as { readonly axe: typeof axe };
    const { violations } = await inPage.axe.run('.halo-panel');
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id }) => id);
  });
}

/** Presses the button, and waits for the answer to that operation. */
async function run(page: Page, operation: string): Promise<Answer> {
  // While something runs, the same button stops it.
  const button = page.locator('.graphiql-execute-button[aria-label^="Execute"]');
  const requested = await vi.waitFor(
    async () => {
      // For a moment after a change of tabs, GraphiQL still names the operation of the earlier tab, and sends
      // nothing.
      const sent = page.waitForRequest((request) => request.postDataJSON()?.operationName === operation, {
        timeout: 1_000,
      });
      const [request] = await Promise.all([sent, choose(page, button, operation)]);
      return request;
    },
    { timeout: 20_000, interval: 100 },
  );
  const answer = await (await requested.response())?.json();
  await button.waitFor();
  return answer;
}

/** Of a tab with several operations, the button opens their list. */
async function choose(page: Page, button: Locator, operation: string): Promise<void> {
  await button.click();
  const item = page.getByRole('menuitem', { name: operation });
  if ((await page.getByRole('menu').count()) > 0) await item.click({ timeout: 500 });
}
