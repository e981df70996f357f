import { startApp, type TestApp } from '../support/app';
import { leaksBetweenTenants } from '../support/two-tenants';

const times = (count: number, text: (index: number) => string, between = ' '): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(between);

const FRAGMENTS = 30;

/** What somebody sends who wants the server to work, or to fall over. */
const HOSTILE: readonly [what: string, document: string, variables?: Record<string, unknown>][] = [
  ['thousands of levels', `{ ${'viewer { user { '.repeat(5_000)} id ${'} }'.repeat(5_000)} }`],
  [
    'levels beyond the limit',
    `{ ${'organizations { nodes { teams { nodes { '.repeat(5)} id ${'} } } }'.repeat(5)} }`,
  ],
  ['thousands of aliases', `{ ${times(5_000, (n) => `a${n}: viewer { kind }`)} }`],
  ['thousands of fields', `{ ${times(50_000, () => 'viewer { kind }')} }`],
  [
    'pages of pages of pages',
    '{ organizations(first: 100) { nodes { teams(first: 100) { nodes { keys(first: 100) { nodes { id } } } } } } }',
  ],
  [
    'fragments that double',
    `{ viewer { ...F0 } } ${times(FRAGMENTS, (n) => `fragment F${n} on Viewer { ...F${n + 1} ...F${n + 1} }`)} fragment F${FRAGMENTS} on Viewer { kind }`,
  ],
  [
    'fragments in a circle',
    '{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }',
  ],
  ['thousands of directives', `{ viewer ${times(5_000, () => '@include(if: true)')} { kind } }`],
  ['thousands of unknown fields', `{ ${times(5_000, (n) => `unknown${n}`)} }`],
  [
    'thousands of ids',
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    { ids: Array.from({ length: 20_000 }, (_, n) => `key_${n}`) },
  ],
  ['a list of a hundred operations', times(100, (n) => `query Q${n} { viewer { kind } }`)],
  ['a number where text belongs', '{ key(id: {}) { id } }'],
];

describe('two tenants, and strangers', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
    // The first operation of a process waits for its code to be made.
    await app.master.ask('{ organizations(first: 1) { nodes { id } } }');
  });

  afterAll(() => app.close());

  it('tells neither tenant anything of the other in 1,000 rounds side by side', async () => {
    expect(await leaksBetweenTenants(app, 1_000)).toEqual([]);
  });

  it.each(HOSTILE)(
    'refuses %s within 100 ms, before any of it is run',
    async (_what, document, variables = {}) => {
      const attempts: number[] = [];
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const startedAt = performance.now();
        const { data, errors } = await app.master.raw(document, variables);
        attempts.push(performance.now() - startedAt);
        expect(errors?.length).toBeGreaterThan(0);
        // An operation that was run has data, if only null for the field that failed.
        expect(data ?? null).toBeNull();
      }
      expect(Math.min(...attempts)).toBeLessThan(100);
    },
  );
});
