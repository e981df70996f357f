/** Builds the page, unless what is built already is of the same sources. `npm run build` and `npm start` run it. */
const { createHash } = require('node:crypto');
const { existsSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const SOURCES = __dirname;
const ROOT = join(__dirname, '../..');
const MARK = join(ROOT, 'dist/ui/.built-of');

function filesOf(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesOf(path) : [path];
    });
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const path of [...filesOf(SOURCES), join(ROOT, 'package-lock.json')])
    hash.update(path.slice(ROOT.length)).update(readFileSync(path));
  return hash.digest('hex');
}

async function main() {
  const now = fingerprint();
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === now) return;
  const { build } = await import('vite');
  await build({ configFile: join(SOURCES, 'vite.config.mjs'), logLevel: 'warn' });
  writeFileSync(MARK, now);
}

void main();
