/** The web page in Debian's Chromium against the built server: `npm run test:ui`. Nothing is downloaded. */
const { existsSync } = require('node:fs');

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
if (!existsSync(CHROMIUM)) {
  throw new Error(
    `There is no Chromium at ${CHROMIUM}: install it (apt-get install chromium), or set CHROMIUM_PATH.`,
  );
}

module.exports = {
  testDir: __dirname,
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  globalSetup: require.resolve('./start-server.ts'),
  fullyParallel: false,
  workers: 1,
  timeout: 60_000,
  reporter: process.env.CI
    ? [['list'], ['json', { outputFile: process.env.UI_REPORT ?? 'test-results/ui.json' }]]
    : 'list',
  use: {
    viewport: { width: 1280, height: 900 },
    launchOptions: { executablePath: CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] },
  },
};
