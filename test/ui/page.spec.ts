import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import { chat, MASTER_KEY, VIEWER_PASSWORD } from './seed';

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
  prices: 'Models and prices',
  alerts: 'Alerts',
  audit: 'Audit log',
  'limits?view=list': 'Limits',
  health: 'Health',
};
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const MAX_FIRST_VIEW_BYTES = 300 * 1024;

const url = (): string => process.env['SPENDGRAPH_UI_URL'] ?? '';

async function signIn(page: Page, secret = MASTER_KEY): Promise<void> {
  await page.goto(`${url()}/ui`);
  await page.getByLabel('Master key, access token or virtual key').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
}

/** What goes wrong in the browser while a test looks at pages. */
function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return problems;
}

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

test('a key is made with a budget, used until it is refused, and seen live', async ({ page }) => {
  await signIn(page);
  await page.goto(`${url()}/ui/keys`);
  await page.getByRole('button', { name: 'Create key' }).click();
  await page.getByLabel('Alias').fill('made-in-the-page');
  await page.getByLabel('Budget in USD (optional)').fill('0.0005');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const secret = (await page.getByTestId('secret').textContent()) ?? '';
  expect(secret).toMatch(/^sk-/);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('made-in-the-page')).toBeVisible();

  await page.goto(`${url()}/ui`);
  await expect(page.getByText('Waiting for the next call.')).toBeVisible();
  // The subscription may stand a moment after the page does, so calls go on until one is seen.
  const statuses: number[] = [];
  await expect(async () => {
    statuses.push(await chat(url(), secret, 10));
    await expect(page.getByText('made-in-the-page').first()).toBeVisible({ timeout: 500 });
  }).toPass();
  for (let call = 0; call < 40 && !statuses.includes(429); call++)
    statuses.push(await chat(url(), secret, 10));
  expect(statuses).toContain(429);
  await page.goto(`${url()}/ui/limits?view=list`);
  await expect(page.getByRole('row', { name: /made-in-the-page/ })).toBeVisible();
  await page.goto(`${url()}/ui/alerts`);
  await expect(page.getByText('% of the limit of key made-in-the-page is used').first()).toBeVisible();

  await page.goto(`${url()}/ui/keys`);
  await page.getByRole('button', { name: 'Change made-in-the-page' }).click();
  await page.getByRole('menuitem', { name: 'Block' }).click();
  await expect(page.getByRole('row', { name: /made-in-the-page/ }).getByText('Blocked')).toBeVisible();
});

test('a call is explained before it is made, and taken apart after', async ({ page }) => {
  await signIn(page);
  await page.goto(`${url()}/ui/limits`);
  await page.getByRole('button', { name: 'Would a call pass?' }).click();
  await page.getByPlaceholder('Whose call').click();
  await page.getByRole('option', { name: 'search-production', exact: true }).click();
  await page.getByRole('textbox', { name: 'Model' }).fill('demo');
  await page.getByLabel('Input tokens').fill('1000000');
  await page.getByRole('button', { name: 'Ask' }).click();
  await expect(page.getByText('It would be refused')).toBeVisible();

  await page.goto(`${url()}/ui/logs`);
  await page.getByRole('button', { name: 'Details' }).first().click();
  await expect(page.getByText('Held at first')).toBeVisible();
  await expect(page.getByText('Counted by')).toBeVisible();
});

test('a view of the report stands in the address, and leads to its calls', async ({ page }) => {
  await signIn(page);
  await page.goto(`${url()}/ui/explore?by=TEAM,MODEL`);
  const row = page.getByRole('row', { name: /Search demo/ });
  await expect(row).toBeVisible();
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'FOCUS' }).click();
  const focus = readFileSync(await (await download).path(), 'utf8');
  expect(focus.split('\n')[0]).toContain('BilledCost');
  await row.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByRole('row', { name: /Support demo/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Take away the filter Team' }).click();
  await expect(page.getByRole('row', { name: /Support demo/ })).toBeVisible();
  await row.getByRole('button', { name: 'Show calls' }).click();
  await expect(page).toHaveURL(/\/ui\/logs\?.*teamId=team_/);
  await expect(page.getByRole('cell', { name: 'search-production', exact: true }).first()).toBeVisible();
  await expect(page.getByRole('cell', { name: 'support-production' })).toHaveCount(0);
});

test('limits are a tree that opens by the keyboard, down to the keys of a team', async ({ page }) => {
  await signIn(page);
  await page.goto(`${url()}/ui/limits`);
  const acme = page.getByRole('button', { name: 'Open Acme' });
  await acme.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('row', { name: /Search Search Team/ })).toHaveAttribute('aria-level', '3');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: 'Open Search' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('row', { name: /^search-production Key/ })).toHaveAttribute('aria-level', '4');
  await page.getByRole('button', { name: 'Open the limit of Search, month' }).click();
  await page.getByLabel('Amount').fill('1.5');
  await page.getByLabel('Reason').fill('a launch');
  await page.getByRole('button', { name: 'Raise' }).click();
  await expect(page.getByText(/\$1\.50 until .*: a launch/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Close Search' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('row', { name: /^search-production Key/ })).toHaveCount(0);
});

test('a team is made with a budget, refused by its field, changed, and told of in the audit log', async ({
  page,
}) => {
  await signIn(page);
  await page.goto(`${url()}/ui/teams`);
  await page.getByRole('button', { name: 'Create team' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name').fill('Growth');
  await form.getByLabel('Organization').fill('Acme');
  await page.getByRole('option', { name: 'Acme', exact: true }).click();
  await form.getByLabel('Metadata').fill('not json');
  await form.getByLabel('Budget in USD (optional)').fill('25');
  await form.getByRole('button', { name: 'Create' }).click();
  await expect(form.getByText('Write a JSON object')).toBeVisible();
  await form.getByLabel('Metadata').fill('{"cost_center": "42"}');
  await form.getByRole('button', { name: 'Create' }).click();
  const row = page.getByRole('row', { name: /^Growth Acme/ });
  await expect(row.getByText('$0.00 of $25.00')).toBeVisible();

  await page.getByRole('button', { name: 'Change Growth' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await form.getByLabel('Name').fill(' ');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('cannot be empty')).toBeVisible();
  await form.getByLabel('Name').fill('Growth and sales');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Change Growth and sales' }).click();
  await page.getByRole('menuitem', { name: 'Block', exact: true }).click();
  await expect(page.getByRole('row', { name: /^Growth and sales/ }).getByText('Blocked')).toBeVisible();

  await page.getByRole('button', { name: 'Change Growth and sales' }).click();
  await page.getByRole('menuitem', { name: 'Show changes' }).click();
  await expect(page).toHaveURL(/\/ui\/audit\?subjectId=team_/);
  await expect(page.getByRole('cell', { name: 'Create team' })).toBeVisible();
  await page
    .getByRole('row', { name: /Update team/ })
    .getByRole('button', { name: 'Details' })
    .click();
  await expect(page.getByRole('row', { name: 'name Growth Growth and sales' })).toBeVisible();
});

test('what the server does not accept of a form is told at its field', async ({ page }) => {
  await signIn(page);
  await page.goto(`${url()}/ui/keys`);
  await page.getByRole('button', { name: 'Change research-production' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const form = page.getByRole('dialog');
  const bound = form.getByLabel('Most output tokens of a call');
  await bound.fill('0');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(bound).toHaveAccessibleDescription(/The bound is from 1 to/);
  await bound.fill('512');
  await form.getByLabel('Works until').fill('2030-01-01T12:00');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(
    page.getByRole('row', { name: /^research-production/ }).getByText(/until .*2030/),
  ).toBeVisible();
});

test('who may only look is offered nothing else', async ({ page }) => {
  await page.goto(`${url()}/ui`);
  await page.getByText('Password', { exact: true }).click();
  await page.getByLabel('User name or email').fill('viv@example.com');
  await page.getByRole('textbox', { name: 'Password' }).fill('not it, but long enough');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByRole('textbox', { name: 'Password' }).fill(VIEWER_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Keys' }).click();
  await expect(page.getByRole('heading', { name: 'Keys' })).toBeVisible();
  await expect(page.getByRole('row', { name: /^search-production/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create key' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Change / })).toHaveCount(0);
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
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
