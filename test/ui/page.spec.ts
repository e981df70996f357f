import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import { problemsOf, signIn, url } from './browser';

const PAGES = {
  '': 'Overview',
  explore: 'Explore',
  logs: 'Logs',
  limits: 'Limits',
  keys: 'Keys',
  teams: 'Teams',
  projects: 'Projects',
  organizations: 'Organizations',
  users: 'Users',
  customers: 'Customers',
  tags: 'Tags',
  'tags?tag=nightly': 'Tags',
  prices: 'Models and prices',
  alerts: 'Alerts',
  audit: 'Audit log',
  'limits?view=list': 'Limits',
  health: 'Health',
};
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const MAX_FIRST_VIEW_BYTES = 300 * 1024;

async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate<{ id: string; impact: string; nodes: { html: string }[] }[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
       violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => ({ html })) })))`,
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

for (const scheme of ['light', 'dark'] as const) {
  test(`every page opens without a fault, also to assistive technology, in ${scheme} colours`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ colorScheme: scheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const problems = problemsOf(page);
    await page.goto(`${url()}/ui`);
    expect(await seriousFaults(page)).toEqual([]);
    await signIn(page);
    for (const [path, title] of Object.entries(PAGES)) {
      await page.goto(`${url()}/ui/${path}`);
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      expect({ path, faults: await seriousFaults(page) }).toEqual({ path, faults: [] });
    }
    expect(problems).toEqual([]);
    await context.close();
  });
}

test('nothing is wider than a narrow screen', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  await signIn(page);
  for (const path of Object.keys(PAGES)) {
    await page.goto(`${url()}/ui/${path}`);
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect({ path, width }).toEqual({ path, width: 390 });
  }
  await context.close();
});

test('the first view needs at most 300 KB of script, compressed', async ({ page }) => {
  const scripts: string[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith('.js')) scripts.push(pathname.replace('/ui/', ''));
  });
  await signIn(page);
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  const dist = join(__dirname, '../../dist/ui');
  expect(readdirSync(join(dist, 'assets')).length).toBeGreaterThan(scripts.length);
  const bytes = scripts
    .map((path) => gzipSync(readFileSync(join(dist, path))).length)
    .reduce((a, b) => a + b, 0);
  expect(bytes).toBeLessThan(MAX_FIRST_VIEW_BYTES);
});
