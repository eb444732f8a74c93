/** The built page in a real browser, from another origin than the facade's, with an API key. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page, type Request } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const here = fileURLToPath(new URL('..', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));
const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const key = 'synthetic-reception-key';
const sandboxKey = 'sandbox-key-not-secret';
const practice = 'Sandbox Wattle Practice';

if (!browserPath)
  process.stderr.write('SKIPPED: no Chromium here, so the reception page is not tested in a browser.\n');

describe.skipIf(!browserPath)('the reception page', { timeout: 120_000 }, () => {
  let facade: ChildProcess;
  let sandbox: ChildProcess;
  let sandboxUrl: string;
  let site: PreviewServer;
  let browser: Browser;
  let page: Page;
  let pageUrl: string;

  beforeAll(async () => {
    const [facadePort, pagePort, sandboxPort] = [await freePort(), await freePort(), await freePort()];
    sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
    sandbox = spawn('node', ['dist/sandbox/main.js'], {
      cwd: root,
      env: { ...process.env, PORT: String(sandboxPort), SANDBOX_KEY: sandboxKey },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await until(async () => (await fetch(sandboxUrl)).status > 0);
    await bookOnSunday();
    pageUrl = `http://127.0.0.1:${pagePort}`;
    const endpoint = `http://127.0.0.1:${facadePort}`;
    facade = spawn('node', ['dist/src/main.js'], {
      cwd: root,
      env: {
        ...process.env,
        PORT: String(facadePort),
        CORS_ORIGINS: pageUrl,
        API_KEYS_FILE: jsonFile('keys', keys()),
        PRACTICES_FILE: jsonFile('practices', [{ bpSiteId: '1001', name: practice }]),
        HALO_BASE_URL: sandboxUrl,
        HALO_SUBSCRIPTION_KEY: sandboxKey,
        LIVE_SOURCE: 'poll',
        LIVE_POLL_SECONDS: '5',
        // The price of a subscription is that of an hour.
        LIMIT_CHARGED: '5000',
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    process.env.VITE_HALO_GRAPH_URL = `${endpoint}/graphql`;
    const outDir = mkdtempSync(join(tmpdir(), 'reception-'));
    process.env.NODE_ENV = 'production';
    await build({ root: here, logLevel: 'warn', build: { outDir, emptyOutDir: true } });
    site = await preview({
      root: here,
      logLevel: 'warn',
      build: { outDir },
      preview: { port: pagePort, strictPort: true },
    });
    browser = await chromium.launch({
      executablePath: browserPath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    await until(async () => (await fetch(`${endpoint}/ready`)).ok);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await site?.close();
    facade?.kill();
    sandbox?.kill();
  });

  beforeEach(async () => {
    page = await signIn();
  });

  afterEach(() => page.close());

  /** The sandbox has no appointments on a Sunday. The page begins with the book of the day. */
  async function bookOnSunday(): Promise<void> {
    const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Australia/Sydney', dateStyle: 'short' });
    for (const date of [0, 1].map((days) => calendar.format(Date.now() + days * 86_400_000))) {
      if (new Date(date).getUTCDay() !== 0) continue;
      const place = { userId: 2, locationId: 1, typeId: 1, patientId: 7, reason: null };
      const add = { ...place, date, time: 36_000, length: 900 };
      const body = JSON.stringify({ bpSiteId: '1001', change: { add } });
      const response = await fetch(`${sandboxUrl}/sandbox/desk`, { method: 'POST', body });
      if (!response.ok) throw new Error(await response.text());
    }
  }

  async function signIn(): Promise<Page> {
    const opened = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    opened.setDefaultTimeout(45_000);
    await opened.goto(pageUrl);
    await opened.getByLabel('API key').fill(key);
    await opened.getByRole('button', { name: 'Sign in' }).click();
    await opened.getByLabel('Practice').waitFor();
    return opened;
  }

  /** A weekday that the sandbox's book does not reach. */
  const emptyDay = (weeks: number): string => {
    const date = new Date(Date.now() + (280 + 7 * weeks) * 86_400_000);
    while ([0, 6].includes(date.getUTCDay())) date.setUTCDate(date.getUTCDate() + 1);
    return date.toISOString().slice(0, 10);
  };

  async function book(patient = 'sam'): Promise<void> {
    await page.getByRole('button', { name: 'New booking' }).click();
    await page.getByLabel('Name').fill(patient);
    await page.getByRole('button', { name: 'Find' }).click();
    await page.locator('input[name=patient]').first().check();
    await page.locator('input[name=time]').first().check();
  }

  const send = () => page.getByRole('dialog').getByRole('button', { name: 'Book' }).click();
  const dialogCloses = () => page.getByRole('dialog').waitFor({ state: 'detached' });
  const entries = () => page.locator('.entry button');

  it('shows the book, and finds no serious fault of accessibility in it or its dialogs', async () => {
    await entries().first().waitFor();
    expect(await page.getByLabel('Practice').locator('option:checked').textContent()).toBe(practice);
    expect(await seriousFaults()).toEqual([]);
    await entries().first().click();
    expect(await seriousFaults()).toEqual([]);
    await page.keyboard.press('Escape');
    await dialogCloses();
    await page.getByLabel('Date').fill(emptyDay(3));
    await book();
    expect(await seriousFaults()).toEqual([]);
  });

  it('pays once for the book that it shows at the start, and reads nothing again when it comes to the front', async () => {
    const reads: string[] = [];
    const fresh = await browser.newPage();
    fresh.on('request', (request) => reads.push(operationOf(request)));
    await fresh.addInitScript(`sessionStorage.setItem('key', '${key}')`);
    await fresh.goto(pageUrl);
    await fresh.locator('.entry button').first().waitFor({ timeout: 45_000 });
    await fresh.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await fresh.waitForTimeout(500);
    expect(reads.filter((name) => name === 'DayBook')).toEqual([]);
    expect(reads.filter((name) => name === 'LiveBook')).toHaveLength(1);
    await fresh.close();
  });

  it('shows what was charged, and the time of day as a line', async () => {
    const charged = page.locator('.cost output');
    // A book that nobody else watches: the first subscriber pays for its snapshot.
    await page.getByLabel('Date').fill(emptyDay(7));
    await until(async () => Number(await charged.textContent()) > 0);
    expect(await page.locator('.now').count()).toBeLessThanOrEqual(8);
    const noon = new Date();
    noon.setUTCHours(1, 30, 0, 0);
    await page.clock.setFixedTime(noon);
    await page.getByLabel('Date').fill(noon.toISOString().slice(0, 10));
    const line = page.locator('.now').first();
    await line.waitFor({ state: 'attached' });
    const from = Number(await line.evaluate((each) => each.style.getPropertyValue('--from')));
    // The practice is in Sydney, and its grid begins at eight.
    expect([3.5 * 60, 4.5 * 60]).toContain(from);
  });

  it('is used by keyboard: an appointment is opened, arrives, and the focus comes back', async () => {
    await page.getByLabel('Date').fill(emptyDay(4));
    await book();
    await send();
    await dialogCloses();
    await entries().first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Arrived', exact: true }).focus();
    await page.keyboard.press('Enter');
    await dialogCloses();
    await page.locator('.entry button[data-status=ARRIVED]').waitFor();
    expect(
      await entries()
        .first()
        .evaluate((each) => each === document.activeElement),
    ).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Not arrived after all' }).focus();
    await page.keyboard.press('Enter');
    await dialogCloses();
    await page.locator('.entry button[data-status=BOOKED]').waitFor();
  });

  it('books, moves, and cancels', async () => {
    await page.getByLabel('Date').fill(emptyDay(0));
    await page.getByText('No appointments on this day.').waitFor();
    await book();
    await send();
    await dialogCloses();
    await entries().first().waitFor();
    const before = await entries().first().locator('time').getAttribute('datetime');
    await entries().first().click();
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await page.locator('input[name=time]').nth(3).check();
    await page.getByRole('button', { name: 'Move here' }).click();
    await dialogCloses();
    await until(async () => (await entries().first().locator('time').getAttribute('datetime')) !== before);
    await entries().first().click();
    await page.getByRole('button', { name: 'Cancel appointment' }).click();
    await dialogCloses();
    await page.getByText('No appointments on this day.').waitFor();
  });

  it('says that another person took the time', async () => {
    await page.getByLabel('Date').fill(emptyDay(1));
    await book();
    const first = page;
    page = await signIn();
    await page.getByLabel('Date').fill(emptyDay(1));
    await book('test');
    await send();
    await dialogCloses();
    await page.close();
    page = first;
    await send();
    await page.getByText('Somebody else has just taken this time.').waitFor();
  });

  it('sends a booking whose outcome is unknown again with the same key, and books once', async () => {
    await page.getByLabel('Date').fill(emptyDay(2));
    const keys: string[] = [];
    await page.route('**/graphql', (route) => {
      const sent = route.request().postDataJSON() as {
        operationName: string;
        variables: { input?: { idempotencyKey: string } };
      } | null;
      if (sent?.operationName !== 'Book') return route.continue();
      keys.push(sent.variables.input?.idempotencyKey ?? '');
      const fault: Record<string, string> = keys.length === 1 ? { 'x-sandbox-fault': 'late-3000' } : {};
      return route.continue({ headers: { ...route.request().headers(), ...fault } });
    });
    await book();
    await send();
    await page.getByText('It is not known yet whether the booking was made.').waitFor();
    // The practice carries it out three seconds later.
    await until(async () => {
      const again = page.getByRole('button', { name: 'Try again' });
      if (await again.isVisible()) await again.click();
      return (await page.getByRole('dialog').count()) === 0;
    });
    await entries().first().waitFor();
    expect(await entries().count()).toBe(1);
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(1);
  });

  it('keeps the last book under a banner while the practice is unavailable, and takes it away again', async () => {
    await entries().first().waitFor();
    const shown = await entries().count();
    await page.getByLabel('Sandbox fault').selectOption('offline');
    await page.locator('.banner').waitFor();
    expect(await page.locator('.banner').textContent()).toMatch(/practice.*This is the book as of/);
    expect(await entries().count()).toBe(shown);
    await page.getByLabel('Sandbox fault').selectOption('');
    await page.locator('.banner').waitFor({ state: 'detached' });
  });

  it('shows in one browser what was booked in the other', async () => {
    const day = emptyDay(5);
    const other = await signIn();
    const loaded = other.waitForResponse(
      (response) => response.headers()['content-type']?.startsWith('text/event-stream') ?? false,
    );
    await other.getByLabel('Date').fill(day);
    await loaded;
    await other.getByText('No appointments on this day.').waitFor();
    const reads = bookReads(other);
    await page.getByLabel('Date').fill(day);
    await book();
    await send();
    await dialogCloses();
    await other.locator('.entry button').first().waitFor({ timeout: 15_000 });
    expect(reads).toEqual([]);
    const { SCREENSHOTS } = process.env;
    if (SCREENSHOTS) await other.screenshot({ path: `${SCREENSHOTS}/reception-live.png`, fullPage: true });
    await other.close();
  });

  it('says that the book may be out of date while the practice is offline, until it is back', async () => {
    const setFault = (fault: string | null) =>
      fetch(`${sandboxUrl}/sandbox/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ bpSiteId: '1001', fault }),
      });
    await entries().first().waitFor();
    const shown = await entries().count();
    const banner = page.locator('.banner');
    const reads = bookReads(page);
    await setFault('offline');
    try {
      await banner.waitFor({ timeout: 90_000 });
      expect(await entries().count()).toBe(shown);
      const { SCREENSHOTS } = process.env;
      if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/reception-gap.png` });
    } finally {
      await setFault(null);
    }
    await banner.waitFor({ state: 'detached', timeout: 90_000 });
    expect(await entries().count()).toBe(shown);
    // The stream has said all of it.
    expect(reads).toEqual([]);
  }, 240_000);

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await entries().first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByLabel('Date').fill(emptyDay(3));
    await book();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  async function seriousFaults(): Promise<string[]> {
    await page.addScriptTag({ path: axePath });
    return page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: {
          run(
            options: object,
          ): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
        };
      };
      const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
  }
});

/** Reads of the book that the page makes from now on. */
function bookReads(page: Page): string[] {
  const reads: string[] = [];
  page.on('request', (request) => {
    if (operationOf(request) === 'DayBook') reads.push(request.url());
  });
  return reads;
}

/** The name of the operation that a request sends; empty if it sends none. */
function operationOf(request: Request): string {
  if (request.method() !== 'POST') return '';
  const { operationName, query } = request.postDataJSON() as { operationName?: string; query?: string };
  return operationName ?? /(?:query|subscription) (\w+)/.exec(query ?? '')?.[1] ?? '';
}

function keys(): object[] {
  const scopes = ['appointments:read', 'appointments:write', 'patients:read', 'users:read', 'clinic:read'];
  const sha256 = createHash('sha256').update(key).digest('hex');
  return [{ name: 'reception', sha256, scopes, practices: ['1001'] }];
}

function jsonFile(name: string, content: object): string {
  const file = join(mkdtempSync(join(tmpdir(), 'reception-')), `${name}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** One that the system gives to no connection meanwhile. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 10_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    if (await holds().catch(() => false)) return;
    if (turn > 300) throw new Error('It did not come to hold within a minute.');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
