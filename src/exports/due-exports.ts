import type { DataSource } from 'typeorm';
import { visibilityWithin } from '../access/visibility';
import { fileName } from '../domain/exports/export-words';
import { newId } from '../domain/ids';
import { calendarPeriods } from '../domain/spend/report-periods';
import { changes } from '../platform/database/changes';
import { ExportScheduleEntity } from './export-schedule.entity';
import { lockDueSchedule } from './export-schedule.repository';
import { ExportEntity } from './export.entity';

/** Calls of a period may be under way after its end; so long does its file wait for them at most. */
const LONGEST_WAIT_MS = 6 * 3_600_000;

/**
 * Makes an export for each period that is over, and returns how many. Each period of a schedule gets one, however many
 * processes look and however long none did: the schedule is locked, and moves on in the same transaction.
 */
export async function makeDueExports(db: DataSource, now: Date): Promise<number> {
  for (let made = 0; ; made++) {
    const found = await db.transaction(async (manager) => {
      const latest = new Date(now.getTime() - LONGEST_WAIT_MS);
      const schedule = await lockDueSchedule(manager, now, latest);
      if (!schedule) return false;
      await manager.insert(ExportEntity, changes<ExportEntity>(exportOf(schedule, now)));
      const { nextTo, period, timezone } = schedule;
      const [next] = calendarPeriods(period, timezone, nextTo.getTime(), nextTo.getTime() + 1);
      if (!next) throw new Error('A period of the calendar has no next one');
      await manager.update(ExportScheduleEntity, schedule.id, {
        nextFrom: new Date(next.startsAtMs),
        nextTo: new Date(next.endsAtMs),
      });
      return true;
    });
    if (!found) return made;
  }
}

/** Its name goes by the schedule and the period, so that whoever writes it writes the same file. */
function exportOf(schedule: ExportScheduleEntity, now: Date): Partial<ExportEntity> {
  const { id, organizationId, dataset, format, isCompressed, filter, report } = schedule;
  const shape = { dataset, format, isCompressed };
  const { nextFrom: rangeFrom, nextTo: rangeTo, createdBy } = schedule;
  return {
    ...{ id: newId('export', now.getTime()), scheduleId: id, organizationId, ...shape, filter, report },
    ...{ rangeFrom, rangeTo, createdBy, createdAt: now, nextAttemptAt: now },
    visibility: visibilityWithin(organizationId),
    fileName: fileName(shape, rangeFrom, rangeTo, id),
  };
}
