import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile, copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');

/** What each file imports; the rule that must refuse it. Two lines of source are enough to break any rule. */
interface Breach {
  readonly rule: string;
  readonly file: string;
  readonly imports: string;
}

/** One file on each floor, in one feature, so that nothing but the floors tells them apart. */
const FLOOR_FILES = {
  domain: 'src/domain/leaf.ts',
  platform: 'src/platform/leaf.ts',
  storage: 'src/keys/leaf.repository.ts',
  services: 'src/keys/leaf.service.ts',
  doors: 'src/keys/leaf.resolver.ts',
  app: 'src/app/leaf.ts',
} as const;

const FEATURES =
  'access users organizations teams projects keys models pricing limits ledger spend alerts passthrough litellm'.split(
    ' ',
  );

const floorBreaches: Breach[] = Object.entries(FLOOR_FILES).flatMap(([floor, leaf], height) =>
  Object.entries(FLOOR_FILES)
    .slice(height + 1)
    .map(([above, imports]) => ({
      rule: `${floor}-imports-no-${above}`,
      file: leaf.replace('leaf', `to-${above}`),
      imports,
    })),
);

const featureBreaches: Breach[] = FEATURES.slice(0, -1).map((name, place) => ({
  rule: `${name}-imports-no-later-feature`,
  file: `src/${name}/early.service.ts`,
  imports: `src/${FEATURES[place + 1] ?? ''}/late.service.ts`,
}));

const houseBreaches: Breach[] = [
  { rule: 'no-cycles', file: 'src/teams/one.ts', imports: 'src/teams/two.ts' },
  { rule: 'no-cycles', file: 'src/teams/two.ts', imports: 'src/teams/one.ts' },
  { rule: 'domain-is-pure', file: 'src/domain/reads-files.ts', imports: 'node:fs' },
  { rule: 'domain-is-pure', file: 'src/domain/speaks-sql.ts', imports: 'typeorm' },
  { rule: 'services-know-no-door', file: 'src/teams/speaks-graphql.service.ts', imports: 'graphql' },
  { rule: 'services-know-no-door', file: 'src/teams/speaks-http.repository.ts', imports: 'fastify' },
  { rule: 'doors-know-no-driver', file: 'src/teams/speaks-sql.resolver.ts', imports: 'pg' },
  { rule: 'every-file-has-a-floor', file: 'src/attic/old.ts', imports: 'src/domain/leaf.ts' },
  { rule: 'nobody-imports-a-file-without-floor', file: 'src/app/to-attic.ts', imports: 'src/attic/leaf.ts' },
  { rule: 'source-imports-no-test', file: 'src/app/to-test.ts', imports: 'test/leaf.ts' },
  { rule: 'migrations-stand-alone', file: 'migrations/to-source.ts', imports: 'src/domain/leaf.ts' },
  { rule: 'no-dev-dependencies', file: 'src/app/to-dev.ts', imports: 'fast-check' },
  { rule: 'no-undeclared-packages', file: 'src/app/to-undeclared.ts', imports: 'acorn' },
  { rule: 'no-unresolvable-imports', file: 'src/app/to-nothing.ts', imports: 'src/app/nothing.ts' },
];

/** Imports that the floors must leave alone. */
const PERMITTED: readonly Omit<Breach, 'rule'>[] = [
  { file: 'src/domain/counts.ts', imports: 'decimal.js' },
  { file: 'src/keys/down.resolver.ts', imports: 'src/keys/leaf.service.ts' },
  { file: 'src/keys/down.service.ts', imports: 'src/keys/leaf.repository.ts' },
  { file: 'src/keys/sees.repository.ts', imports: 'src/access/visibility.ts' },
  { file: 'src/keys/earlier.service.ts', imports: 'src/teams/leaf.service.ts' },
  { file: 'src/passthrough/http/routes.ts', imports: 'fastify' },
  { file: 'src/keys/leaf.type.ts', imports: 'type-graphql' },
];

const breaches = [...floorBreaches, ...featureBreaches, ...houseBreaches];
const deadFile = 'src/platform/dead.ts';
const liveFile = 'src/platform/live.ts';

function sourceOf(file: string, imports: string): string {
  const local = /^(?:src|test|migrations)\//.test(imports);
  const from = local
    ? `${'../'.repeat(file.split('/').length - 1)}${imports.replace(/[.]ts$/, '')}`
    : imports;
  return `import * as target from '${from}';\nexport const seen = [target];\n`;
}

async function write(folder: string, file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
}

/** A house in which every rule is broken, and some things are done right. */
async function buildHouse(folder: string): Promise<void> {
  await copyFile(join(ROOT, '.dependency-cruiser.js'), join(folder, '.dependency-cruiser.js'));
  await copyFile(join(ROOT, 'package.json'), join(folder, 'package.json'));
  await copyFile(join(ROOT, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const imported = [...breaches, ...PERMITTED].map(({ imports }) => imports);
  for (const leaf of imported.filter((name) => name.endsWith('.ts') && name !== 'src/app/nothing.ts')) {
    await write(folder, leaf, 'export const leaf = 1;\n');
  }
  for (const { file, imports } of [...breaches, ...PERMITTED]) {
    await write(folder, file, sourceOf(file, imports));
  }
  await write(folder, deadFile, 'export const dead = 1;\n');
  await write(folder, 'src/main.ts', sourceOf('src/main.ts', liveFile));
  await write(folder, 'src/cli.ts', 'export const cli = 1;\n');
  await write(folder, liveFile, 'export const live = 1;\n');
}

/** Every refusal as `rule: file`, under both files: a cycle is reported for one of them, a dead file has no importer. */
async function refusals(folder: string): Promise<ReadonlySet<string>> {
  const cruiser = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const args = [cruiser, '--config', '.dependency-cruiser.js', '--output-type', 'json', 'src', 'migrations'];
  const report = await new Promise<string>((done, fail) => {
    execFile(
      process.execPath,
      args,
      { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout, stderr) => {
        if (stdout.startsWith('{')) done(stdout);
        else fail(new Error(`dependency-cruiser gave no report: ${stdout}${stderr}`));
      },
    );
  });
  const { summary } = JSON.parse(report) as {
    summary: { violations: { from: string; to: string; rule: { name: string } }[] };
  };
  return new Set(
    summary.violations.flatMap(({ from, to, rule }) => [`${rule.name}: ${from}`, `${rule.name}: ${to}`]),
  );
}

describe('the import floors', () => {
  let folder: string;
  let found: ReadonlySet<string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spendgraph-floors-'));
    await buildHouse(folder);
    found = await refusals(folder);
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(breaches.map(({ rule, file, imports }) => [rule, file, imports] as const))(
    '%s refuses that %s imports %s',
    (rule, file) => {
      expect(found).toContain(`${rule}: ${file}`);
    },
  );

  it('no-dead-files refuses a file that no entry point reaches and spares one that only one of them reaches', () => {
    expect(found).toContain(`no-dead-files: ${deadFile}`);
    expect(found).not.toContain(`no-dead-files: ${liveFile}`);
  });

  it.each(PERMITTED.map(({ file, imports }) => [file, imports] as const))('%s may import %s', (file) => {
    expect(
      [...found].filter((line) => line.endsWith(`: ${file}`) && !line.startsWith('no-dead-files')),
    ).toEqual([]);
  });
});
