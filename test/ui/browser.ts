import { expect, type Page } from '@playwright/test';
import { MASTER_KEY } from './seed';

/** Where the server listens. */
export const url = (): string => process.env['SPENDGRAPH_UI_URL'] ?? '';

export async function signIn(page: Page, secret = MASTER_KEY): Promise<void> {
  await page.goto(`${url()}/ui`);
  await page.getByLabel('Master key, access token or virtual key').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
}

/** What goes wrong in the browser while a test looks at pages. */
export function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return problems;
}
