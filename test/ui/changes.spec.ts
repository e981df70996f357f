import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { signIn, url } from './browser';
import { chat } from './seed';

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

test('alert rules, channels and prices are made and changed, and a call is costed', async ({ page }) => {
  await signIn(page);
  await page.goto(`${url()}/ui/alerts`);
  await page.getByRole('tab', { name: 'Rules' }).click();
  await page.getByRole('button', { name: 'Create rule' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Watches for').click();
  await page.getByRole('option', { name: 'Threshold' }).click();
  await form.getByLabel('Team').fill('Support');
  await page.getByRole('option', { name: 'Support' }).click();
  await form.getByLabel('Name').fill('Support, early');
  await form.getByLabel('At percentages of limits').fill('33');
  await form.getByLabel('Quiet from').fill('25:00');
  await form.getByRole('button', { name: 'Create' }).click();
  await expect(form.getByLabel('Quiet from')).toHaveAccessibleDescription(/\S/);
  await form.getByLabel('Quiet from').fill('22:00');
  await form.getByLabel('Quiet until').fill('07:00');
  await form.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('row', { name: /^Support, early Threshold Team .* 33 %/ })).toBeVisible();

  await page.getByRole('tab', { name: 'Channels' }).click();
  await page.getByRole('button', { name: 'Create channel' }).click();
  await form.getByLabel('Name').fill('On call');
  await form.getByLabel('Type').click();
  await page.getByRole('option', { name: 'Webhook', exact: true }).click();
  await form.getByLabel('URL').fill('https://alerts.example.com/hook');
  await form.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Delete On call' }).click();
  await expect(page.getByRole('row', { name: /^On call/ })).toHaveCount(0);

  await page.goto(`${url()}/ui/prices`);
  await page.getByRole('button', { name: 'Set a price' }).click();
  await form.getByLabel('Model').fill('house-model');
  await form.getByLabel('USD a million input tokens').fill('1.5');
  await form.getByLabel('USD a million output tokens').fill('6');
  await form.getByRole('button', { name: 'Set' }).click();
  await page.getByRole('tab', { name: 'Own prices' }).click();
  await expect(page.getByRole('row', { name: /^house-model Everybody \$1\.50 \$6\.00/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Calculator' }).click();
  await page.getByLabel('Model').fill('house-model');
  await page.getByLabel('Input tokens').fill('1000000');
  await page.getByLabel('Output tokens').fill('1000000');
  await page.getByRole('button', { name: 'Calculate' }).click();
  await expect(page.getByRole('row', { name: 'Together $7.50' })).toBeVisible();
});

test('a tag is looked up, given a limit, and leads to its calls', async ({ page }) => {
  await signIn(page);
  await page.goto(`${url()}/ui/tags`);
  await page.getByLabel('Tag', { exact: true }).fill('nightly');
  await page.getByRole('button', { name: 'Look it up' }).click();
  await page.getByRole('button', { name: 'Set a limit of nightly' }).click();
  await page.getByRole('dialog').getByLabel('Amount').fill('3');
  await page.getByRole('dialog').getByRole('button', { name: 'Set' }).click();
  await expect(page.getByRole('row', { name: /^nightly month \$0\.00 of \$3\.00/ })).toBeVisible();
  await page.getByRole('button', { name: 'All tags' }).click();
  await expect(page.getByRole('button', { name: 'nightly' })).toBeVisible();
});

test('the ledger is summed up again once that is asked for', async ({ page }) => {
  await signIn(page);
  await page.goto(`${url()}/ui/health`);
  await page.getByRole('button', { name: 'Check the ledger' }).click();
  await expect(page.getByText('The ledger adds up')).toBeVisible();
});
