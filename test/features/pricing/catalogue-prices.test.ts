import { requestContext } from '../../../src/access/context';
import { listCatalogue } from '../../../src/pricing/catalogue';
import { CatalogueService } from '../../../src/pricing/catalogue.service';
import { toCatalogueModelInfo } from '../../../src/pricing/catalogue.type';
import type { Page } from '../../../src/platform/database/keyset';

const AT_MS = Date.parse('2026-11-24T12:00:00Z');
const service = new CatalogueService();
const ctx = requestContext({
  requestId: 'test',
  principal: { kind: 'MASTER' },
  clock: { now: () => AT_MS },
  // The catalogue is read from the program itself.
  db: {} as Parameters<typeof requestContext>[0]['db'],
});

type Row = Page<ReturnType<typeof listCatalogue>[number]>['rows'][number];
const names = (rows: readonly Row[]): string[] => rows.map(({ provider, model }) => `${provider}/${model}`);

describe('the catalogue in pages', () => {
  const all = names(listCatalogue({ provider: 'openai', atMs: AT_MS }));

  it('shows every model once, forward and backward', () => {
    const forward: string[] = [];
    for (let after: string | null = null; ;) {
      const page = service.list(ctx, { provider: 'openai' }, { first: 30, after });
      forward.push(...names(page.rows));
      const last = page.rows.at(-1);
      if (!page.hasNextPage || last === undefined) break;
      after = page.cursorOf(last);
    }
    expect(forward).toEqual(all);
    const end = service.list(ctx, { provider: 'openai' }, { last: 10 });
    expect(names(end.rows)).toEqual(all.slice(-10));
    expect([end.hasPreviousPage, end.hasNextPage]).toEqual([true, false]);
    const [first] = end.rows;
    if (!first) throw new Error('the catalogue has no models of OpenAI');
    const before = service.list(ctx, { provider: 'openai' }, { last: 10, before: end.cursorOf(first) });
    expect(names(before.rows)).toEqual(all.slice(-20, -10));
  });

  it('is searched by id and name, and is empty for a provider that it does not know', () => {
    const found = service.list(ctx, { search: 'GPT-4O-MINI' }, { first: 100 });
    expect(found.rows.length).toBeGreaterThan(0);
    for (const row of found.rows) expect(`${row.model} ${row.name}`.toLowerCase()).toContain('gpt-4o-mini');
    expect(service.list(ctx, { provider: 'nobody' }, {}).rows).toEqual([]);
  });

  it('tells where each price comes from', () => {
    const [row] = service.list(ctx, { provider: 'openai', search: 'gpt-4o-mini' }, { first: 1 }).rows;
    if (!row) throw new Error('the catalogue has no gpt-4o-mini');
    const shown = toCatalogueModelInfo(row);
    expect(shown).toMatchObject({ provider: 'openai', status: 'PRICED' });
    expect(shown.source).toMatch(/genai-prices \S+ of \d{4}-\d{2}-\d{2}: openai\/.*gpt-4o-mini/);
  });

  it('refuses a cursor of another list', () => {
    const [row] = service.list(ctx, { provider: 'anthropic' }, { first: 1 }).rows;
    if (!row) throw new Error('the catalogue has no models of Anthropic');
    const after = service.list(ctx, {}, { first: 1 }).cursorOf(row);
    expect(() => service.list(ctx, { provider: 'openai' }, { after })).toThrow('not of this list');
  });
});
