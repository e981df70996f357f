import type { TestApp } from '../support/app';
import type { Tenants } from '../support/tenants';
import { change, fresh, type Operation } from './operation';

const MONTHLY = { dataset: 'FOCUS', period: 'MONTH' };

/** A schedule of the tenant's organization. */
export async function freshExportSchedule(
  app: TestApp,
  { own }: Tenants,
): Promise<{ exportScheduleId: string }> {
  const input = { ...MONTHLY, organizationId: own.organizationId, name: fresh() };
  const { exportSchedule } = await app.master.do<{ exportSchedule: { id: string } }>(
    'createExportSchedule',
    'CreateExportScheduleInput',
    input,
    'exportSchedule { id }',
  );
  return { exportScheduleId: exportSchedule.id };
}

/** A file that was written for such a schedule. */
export async function freshExport(app: TestApp, tenants: Tenants): Promise<string> {
  const { exportScheduleId } = await freshExportSchedule(app, tenants);
  const { rows } = await app.pool.query<{ id: string }>(
    `INSERT INTO exports (id, schedule_id, organization_id, visibility, dataset, format, is_compressed, report, range_from,
       range_to, status, file_name, row_count, byte_count, next_attempt_at, created_by, created_at, ended_at)
     VALUES ('exp_' || $1, $1, $2, '{}', 'FOCUS', 'CSV', FALSE, '{}', '2026-01-01', '2026-02-01', 'READY', 'focus.csv', 1, 9,
       now(), 'master', now(), now()) RETURNING id`,
    [exportScheduleId, tenants.own.organizationId],
  );
  return rows[0]?.id ?? '';
}

/** Exports and their schedules. */
export const EXPORT_OPERATIONS: Readonly<Record<string, Operation>> = {
  export: async (app, tenants) => ({
    query: 'query ($id: ID!) { export(id: $id) { id } }',
    variables: { id: await freshExport(app, tenants) },
  }),
  exports: async (app, tenants) => ({
    query: '{ exports(first: 100) { nodes { id } } }',
    contains: await freshExport(app, tenants),
  }),
  exportSchedule: async (app, tenants) => ({
    query: 'query ($id: ID!) { exportSchedule(id: $id) { id } }',
    variables: { id: (await freshExportSchedule(app, tenants)).exportScheduleId },
  }),
  exportSchedules: async (app, tenants) => ({
    query: '{ exportSchedules(last: 100) { nodes { id } } }',
    contains: (await freshExportSchedule(app, tenants)).exportScheduleId,
  }),
  createExport: change('createExport', () => ({ dataset: 'SPEND_LOGS', to: '2020-01-01T00:00:00Z' })),
  createExportSchedule: change('createExportSchedule', (_, { own }) => ({
    ...{ ...MONTHLY, organizationId: own.organizationId, name: fresh() },
  })),
  deleteExportSchedule: change('deleteExportSchedule', freshExportSchedule),
};
