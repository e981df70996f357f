import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/app/open-database';
import { importPriceFile, readPricesCommand } from '../../src/app/prices-command';
import { loadConfig } from '../../src/platform/config';
import { Lifecycle } from '../../src/platform/lifecycle';
import { silentLog } from '../../src/platform/logger';
import { createTestDatabase } from '../support/database';

describe('spendgraph prices import', () => {
  it.each([
    [['import', 'map.json'], { file: 'map.json', mode: 'PENDING' }],
    [['import', 'map.json', '--dry-run'], { file: 'map.json', mode: 'DRY_RUN' }],
    [['import', 'map.json', '--approve'], { file: 'map.json', mode: 'APPROVE' }],
    [['import'], null],
    [['import', '--approve'], null],
    [['import', 'map.json', '--force'], null],
    [['import', 'map.json', '--dry-run', '--approve'], null],
    [['export', 'map.json'], null],
  ])('reads %j', (args, expected) => {
    expect(readPricesCommand(args)).toEqual(expected);
  });

  it('shows the changes as a table, keeps nothing in a dry run, and puts them in force when it is told to', async () => {
    const database = await createTestDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'spendgraph-prices-'));
    const lifecycle = new Lifecycle(silentLog);
    try {
      const config = loadConfig({
        ...{ NODE_ENV: 'test', DATABASE_URL: database.url, SPENDGRAPH_DATA_DIR: folder },
        ...{
          SPENDGRAPH_MASTER_KEY: 'sk-test-master-0123456789abcdef',
          SPENDGRAPH_SALT_KEY: 'test-salt-0123456789',
        },
      });
      const opened = await openDatabase(config, lifecycle, silentLog);
      const file = join(folder, 'map.json');
      const price = { litellm_provider: 'openai', input_cost_per_token: 1e-6, moonbeam_cost: 1 };
      await writeFile(file, JSON.stringify({ 'novel-model': price }));
      const stored = async (): Promise<unknown> => {
        const { rows } = await opened.pool.query<Record<string, unknown>>(
          `SELECT (SELECT count(*)::int FROM prices) AS prices, array(SELECT status FROM price_imports) AS imports`,
        );
        return rows[0];
      };
      const dry = await importPriceFile(opened, config, { file, mode: 'DRY_RUN' });
      expect(dry).toEqual([
        'CHANGE  PROVIDER  MODEL        FIELD            OLD  NEW',
        'ADDED   openai    novel-model  batchMultiplier  -    0.5',
        'ADDED   openai    novel-model  rates.inputText  -    0.000001',
        '0 unchanged, 0 without a price.',
        'Not understood: moonbeam_cost, in 1 models (novel-model).',
        'Nothing was kept.',
      ]);
      expect(await stored()).toEqual({ prices: 0, imports: [] });
      const approved = await importPriceFile(opened, config, { file, mode: 'APPROVE' });
      expect(approved.at(-1)).toMatch(/^The import pimp_\w+ is approved and in force\.$/);
      expect(await stored()).toEqual({ prices: 1, imports: ['APPROVED'] });
      const absent = { file: join(folder, 'none.json'), mode: 'PENDING' } as const;
      await expect(importPriceFile(opened, config, absent)).rejects.toThrow(/none\.json" cannot be read/);
    } finally {
      await lifecycle.stop();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
