import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { createDataSource } from '../../src/platform/database/data-source';
import {
  keysetPage,
  type KeysetOrder,
  type Page,
  type PageRequest,
} from '../../src/platform/database/keyset';
import { keysetChildren } from '../../src/platform/database/keyset-children';
import { createEmptyDatabase, type TestDatabase } from '../support/database';
import { countStatements } from '../support/statements';

@Entity('leaves')
class Leaf {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  branchId: string;

  @Column('timestamptz')
  grownAt: Date;
}

const order: KeysetOrder<Leaf> = {
  name: 'leaf.grownAt',
  column: 'leaf.grown_at',
  cast: 'timestamptz',
  descending: false,
  valueOf: (row) => row.grownAt.toISOString(),
};

describe('keysetChildren', () => {
  let database: TestDatabase;
  let db: DataSource;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    const { url } = database;
    db = createDataSource({ url, ssl: false, poolSize: 2, entities: [Leaf], migrations: [] });
    await db.initialize();
    await db.query(`CREATE TABLE leaves (id text PRIMARY KEY, branch_id text, grown_at timestamptz(3))`);
    // Ten leaves on each of the branches a and b, grown pairwise at the same instant; none on c.
    await db.query(`INSERT INTO leaves SELECT branch || n, branch, timestamptz '2026-01-01' + n / 2 * interval '1 hour'
      FROM unnest(ARRAY['a', 'b']) AS branch, generate_series(0, 9) AS n`);
  }, 60_000);

  afterAll(async () => {
    await db.destroy();
    await database.drop();
  });

  function pages(request: PageRequest, sort = order): Promise<Map<string, Page<Leaf>>> {
    const query = db.manager
      .createQueryBuilder(Leaf, 'leaf')
      .where('leaf.id <> ALL(:ids)', { ids: ['a9', 'b0'] });
    const parent = { column: 'leaf.branch_id', idOf: (row: Leaf) => row.branchId };
    return keysetChildren(query, parent, ['a', 'b', 'c'], sort, request);
  }

  const ids = (page: Page<Leaf> | undefined): string[] => (page?.rows ?? []).map((row) => row.id);

  it('gives each parent its own page, and an empty one to a parent without children', async () => {
    const found = await pages({ first: 3 });

    expect(ids(found.get('a'))).toEqual(['a0', 'a1', 'a2']);
    expect(ids(found.get('b'))).toEqual(['b1', 'b2', 'b3']);
    expect(found.get('a')).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(found.get('c')).toMatchObject({ rows: [], hasNextPage: false, hasPreviousPage: false });
  });

  it.each([false, true])(
    'walks all children once by its cursors, forward and backward (descending: %s)',
    async (descending) => {
      const sort = { ...order, descending };
      const all = ids((await pages({ first: 100 }, sort)).get('a'));
      expect(all).toHaveLength(9);

      const forward: string[] = [];
      let after: string | null = null;
      do {
        const page: Page<Leaf> | undefined = (await pages({ first: 2, after }, sort)).get('a');
        forward.push(...ids(page));
        const last: Leaf | undefined = page?.rows.at(-1);
        after = page?.hasNextPage === true && last ? page.cursorOf(last) : null;
      } while (after !== null);
      expect(forward).toEqual(all);

      const backward: string[] = [];
      let before: string | null = null;
      do {
        const page: Page<Leaf> | undefined = (await pages({ last: 2, before }, sort)).get('a');
        backward.unshift(...ids(page));
        const first: Leaf | undefined = page?.rows[0];
        before = page?.hasPreviousPage === true && first ? page.cursorOf(first) : null;
      } while (before !== null);
      expect(backward).toEqual(all);
    },
  );

  it('makes the cursors that a list of one parent makes', async () => {
    const children = (await pages({ first: 1 })).get('a');
    const one = db.manager.createQueryBuilder(Leaf, 'leaf').where(`leaf.branch_id = 'a'`);
    const list = await keysetPage(one, order, { first: 1 });

    expect(children?.rows.map((row) => children.cursorOf(row))).toEqual(
      list.rows.map((row) => list.cursorOf(row)),
    );
  });

  it('refuses a cursor of another order', async () => {
    const page = (await pages({ first: 1 }, { ...order, name: 'leaf.other' })).get('a');
    const [row] = page?.rows ?? [];
    const after = row && page ? page.cursorOf(row) : '';
    await expect(pages({ after })).rejects.toThrow('"after" is not a cursor of this list');
  });

  it('costs one statement for many parents', async () => {
    const statements = countStatements(db);
    await pages({ first: 2 });
    expect(statements.stop()).toHaveLength(1);
  });
});
