import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { DataSource } from 'typeorm';
import { entities } from '../../../src/app/entities';
import { ExportSource } from '../../../src/exports/export-source';
import { ExportWriter } from '../../../src/exports/export-writer';
import { createDataSource } from '../../../src/platform/database/data-source';
import { FolderStore } from '../../../src/platform/files/folder-store';
import { silentLog } from '../../../src/platform/logger';
import { SpendReportService } from '../../../src/spend/spend-report.service';
import type { TestApp } from '../../support/app';
import { readCsv } from '../../support/read-csv';
import { until } from '../../support/until';

const DAY_MS = 86_400_000;

interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
}

function defer(): Deferred {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}

/** What these tests share with those of files that are written at once. */
export interface KeptExportsFixture {
  app(): TestApp;
  /** Secret of the key that the spend belongs to. */
  secret(): string;
  /** A path below /export. */
  get(path: string, credential?: string | null): Promise<Response>;
  csv(path: string, credential?: string): Promise<Record<string, string>[]>;
}

/** Files that the server writes in the background. */
export function keptExports(given: KeptExportsFixture): void {
  const { app: server, get, csv } = given;
  describe('that the server keeps', () => {
    let db: DataSource;
    let folder: string;
    let now: number;

    beforeAll(async () => {
      db = createDataSource({ url: server().databaseUrl, ssl: false, poolSize: 4, entities, migrations: [] });
      await db.initialize();
      folder = await mkdtemp(join(tmpdir(), 'spendgraph-exports-'));
    });
    afterAll(async () => {
      await db.destroy();
      await rm(folder, { recursive: true });
    });
    beforeEach(() => {
      now = Date.now();
    });

    /** Another process that writes files, by a clock of its own. */
    const writer = (source?: Pick<ExportSource, 'pieces'>): ExportWriter => {
      const reports = new SpendReportService(db, 'UTC');
      return new ExportWriter({
        ...{ db, source: source ?? new ExportSource(db, reports), files: new FolderStore(folder) },
        ...{ clock: { now: () => now }, log: silentLog, keepDays: 30, intervalMs: 60_000, leaseMs: 120_000 },
      });
    };

    const makeSchedule = async (input: object): Promise<{ id: string; nextFrom: string; nextTo: string }> => {
      const made = await server().master.do<{
        exportSchedule: { id: string; nextFrom: string; nextTo: string };
      }>(
        'createExportSchedule',
        'CreateExportScheduleInput',
        { name: 'Finance', dataset: 'FOCUS', period: 'DAY', compress: true, ...input },
        'exportSchedule { id nextFrom nextTo }',
      );
      return made.exportSchedule;
    };

    const exportsOf = async (scheduleId: string): Promise<Record<string, unknown>[]> => {
      const { exports } = await server().master.ask<{ exports: { nodes: Record<string, unknown>[] } }>(
        `query ($id: ID!) { exports(filter: { scheduleId: $id }) { nodes {
           id status from to fileName rowCount byteCount error schedule { id } } } }`,
        { id: scheduleId },
      );
      return exports.nodes;
    };

    it('are written in the background and read by whoever asked for them alone', async () => {
      const client = server().as(given.secret());
      const input = {
        dataset: 'SPEND_LOGS',
        compress: true,
        filter: { teamId: 'team_1' },
        to: '2026-04-01T00:00:00Z',
      };
      const ask = { ...input, idempotencyKey: 'once' };
      const made = await client.do<{ export: { id: string } }>(
        'createExport',
        'CreateExportInput',
        ask,
        'export { id }',
      );
      expect(await client.do('createExport', 'CreateExportInput', ask, 'export { id }')).toEqual(made);
      const { id } = made.export;
      const look = async (as = client): Promise<Record<string, unknown> | null> =>
        (
          await as.ask<{ export: Record<string, unknown> | null }>(
            'query ($id: ID!) { export(id: $id) { status rowCount byteCount downloadPath expiresAt } }',
            { id },
          )
        ).export;
      const found = await until('the file is written', async () => {
        const seen = await look();
        return seen?.['status'] === 'READY' ? seen : null;
      });
      const response = await fetch(`${server().url}${String(found['downloadPath'])}`, {
        headers: { authorization: `Bearer ${given.secret()}` },
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      const rows = readCsv(gunzipSync(bytes).toString());
      expect(found).toMatchObject({ rowCount: String(rows.length), byteCount: String(bytes.length) });
      expect(rows).toEqual(await csv('spend.csv?team_id=team_1&to=2026-04-01', given.secret()));
      const stranger = await server().master.createKey({ alias: 'stranger' });
      expect(await look(server().as(stranger.secret))).toBeNull();
      const path = `../exports/${id}`;
      expect((await get(path, stranger.secret)).status).toBe(404);
      expect((await get(path, null)).status).toBe(401);
      expect((await get('../exports/exp_absent')).status).toBe(404);
    });

    it('come after each period, one each, whatever number of processes look and however late', async () => {
      const { id, nextFrom, nextTo } = await makeSchedule({ timezone: 'Asia/Kathmandu' });
      expect(new Date(nextTo).getTime() - new Date(nextFrom).getTime()).toBe(DAY_MS);
      await Promise.all([writer().writeDue(), writer().writeDue()]);
      expect(await exportsOf(id)).toEqual([]);
      now = Date.parse(nextTo) + 2 * DAY_MS;
      await Promise.all([writer().writeDue(), writer().writeDue(), writer().writeDue()]);
      const files = await exportsOf(id);
      expect(files.map(({ status }) => status)).toEqual(['READY', 'READY', 'READY']);
      const names = files.map(({ fileName }) => String(fileName)).sort();
      expect((await readdir(folder)).filter((name) => name.includes(id)).sort()).toEqual(names);
      expect(new Set(files.map(({ from }) => from)).size).toBe(3);
      const [first] = [...files].sort((a, b) => String(a['from']).localeCompare(String(b['from'])));
      expect(first).toMatchObject({ from: nextFrom, to: nextTo, schedule: { id } });
      await writer().writeDue();
      expect(await exportsOf(id)).toHaveLength(3);
    });

    it('wait for calls of the period that are under way', async () => {
      const { id, nextTo } = await makeSchedule({});
      await server().pool.query(
        `INSERT INTO reservations (id, owner_id, admitted_at, deadline_at, hold, window_ids, held, organization_id)
         VALUES ('call_open', 'another', now(), now() + interval '9 days', 0, '{}', '{}', 'org_default')`,
      );
      now = Date.parse(nextTo) + 60_000;
      await writer().writeDue();
      expect(await exportsOf(id)).toEqual([]);
      await server().pool.query(`DELETE FROM reservations WHERE id = 'call_open'`);
      await writer().writeDue();
      expect(await exportsOf(id)).toHaveLength(1);
    });

    it('are written by another process when theirs was killed, and once all the same', async () => {
      const { id, nextTo } = await makeSchedule({ name: 'Killed' });
      now = Date.parse(nextTo) + 60_000;
      const reached = defer();
      const killed = defer();
      const hung = writer({
        async *pieces() {
          yield { text: 'half', rows: 1 };
          reached.resolve();
          await killed.promise;
          yield { text: 'a file', rows: 1 };
        },
      });
      const writing = hung.writeDue();
      await reached.promise;
      await writer().writeDue();
      expect(await exportsOf(id)).toMatchObject([{ status: 'RUNNING' }]);
      now += 121_000;
      await writer().writeDue();
      const [file] = await exportsOf(id);
      expect(file).toMatchObject({ status: 'READY', error: null });
      // What seemed dead comes back: it finds that the file is another's.
      killed.resolve();
      await writing;
      expect(await exportsOf(id)).toEqual([file]);
      const text = gunzipSync(await readFile(join(folder, String(file?.['fileName'])))).toString();
      expect(text).toMatch(/^BilledCost,/);
    });

    it('are given up after some attempts, with a reason that tells nothing of the server', async () => {
      const { id, nextTo } = await makeSchedule({ name: 'Hopeless' });
      now = Date.parse(nextTo) + 60_000;
      const failing = writer({
        pieces: () => {
          throw Object.assign(new Error('no space on /secret/disk'), { code: 'ENOSPC' });
        },
      });
      for (let attempt = 0; attempt < 8; attempt++) {
        await failing.writeDue();
        now += 3_600_000 * 2;
      }
      expect(await exportsOf(id)).toMatchObject([
        { status: 'FAILED', error: 'The file could not be written (ENOSPC).', rowCount: null },
      ]);
    });

    it('are removed when their time is over; those of schedules stay', async () => {
      const input = { dataset: 'FOCUS', to: '2026-03-02T00:00:00Z' };
      now = Date.now() - 40 * DAY_MS;
      await db.query(
        `INSERT INTO exports (id, visibility, dataset, format, is_compressed, report, range_to, file_name, next_attempt_at,
           created_by, created_at) VALUES ('exp_old', '{"everything": true}', $1, 'CSV', FALSE, '{}', $2, 'old.csv', $3,
           'master', $3)`,
        [input.dataset, input.to, new Date(now)],
      );
      await writer().writeDue();
      const status = async (): Promise<unknown> =>
        (await server().master.ask<{ export: unknown }>('{ export(id: "exp_old") { status downloadPath } }'))
          .export;
      expect(await readdir(folder)).toContain('old.csv');
      now += 31 * DAY_MS;
      await writer().writeDue();
      expect(await status()).toEqual({ status: 'EXPIRED', downloadPath: null });
      expect(await readdir(folder)).not.toContain('old.csv');
      expect((await readdir(folder)).length).toBeGreaterThan(3);
    });

    it.each<[string, object, string]>([
      ['createExport', { dataset: 'SPEND_REPORT' }, 'from'],
      ['createExport', { dataset: 'FOCUS', groupBy: ['TEAM'] }, 'groupBy'],
      ['createExport', { dataset: 'FOCUS', from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' }, 'to'],
      ['createExportSchedule', { dataset: 'FOCUS', name: 'x', period: 'DAY', timezone: 'Mars' }, 'timezone'],
      ['createExportSchedule', { dataset: 'FOCUS', name: ' ', period: 'DAY' }, 'name'],
      [
        'createExportSchedule',
        { dataset: 'SPEND_REPORT', name: 'x', period: 'DAY', filter: { tag: 'red' } },
        'tag',
      ],
    ])('%s refuses %j', async (mutation, input, field) => {
      const Input = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const answer = await server().master.ask<Record<string, { userErrors: { field: string[] }[] }>>(
        `mutation ($input: ${Input}!) { ${mutation}(input: $input) { userErrors { field } } }`,
        { input },
      );
      expect(answer[mutation]?.userErrors[0]?.field.at(-1)).toBe(field);
    });
  });
}
