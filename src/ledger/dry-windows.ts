import type { LimitTermsSnapshot } from '../domain/ledger/verdict';
import { windowAt } from '../domain/limits/window';
import type { Queryable } from '../platform/database/pool';
import type { WindowToMake } from './window.repository';
import type { OpenWindow } from './window-book';

/** Above every real id: windows that are not there yet come last, as they would if they were made. */
const FIRST_PLACEHOLDER = 2n ** 62n;

/** The windows of limits at an instant, none of which is made by looking. */
export class DryWindows {
  /** Those that are not there, in the order of the ids that stand for them. */
  readonly absent: WindowToMake[] = [];

  constructor(private readonly db: Queryable) {}

  async at(
    limits: Iterable<LimitTermsSnapshot>,
    _version: string,
    nowMs: number,
  ): Promise<Map<string, OpenWindow>> {
    const wanted = [...limits].map((limit) => ({ limit, window: windowAt(limit.spec, nowMs) }));
    const { rows } = await this.db.query<{ n: number; id: string }>(
      `SELECT w.n::int AS n, x.id::text FROM limit_windows x
         JOIN unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) WITH ORDINALITY
              AS w(limit_id, assignment_id, holder_id, starts_at, n)
           ON w.limit_id = x.limit_id AND w.assignment_id = x.assignment_id AND w.holder_id = x.holder_id
          AND w.starts_at = x.starts_at`,
      [
        wanted.map(({ limit }) => limit.id),
        wanted.map(({ limit }) => limit.assignmentId ?? ''),
        wanted.map(({ limit }) => (limit.assignmentId === null ? '' : limit.scopeId)),
        wanted.map(({ window }) => new Date(window.startsAtMs).toISOString()),
      ],
    );
    const ids = new Map(rows.map(({ n, id }) => [n - 1, id]));
    return new Map(
      wanted.map(({ limit, window }, n) => [
        limit.series,
        { id: ids.get(n) ?? this.standIn(limit, window), window },
      ]),
    );
  }

  private standIn(limit: LimitTermsSnapshot, window: WindowToMake['window']): string {
    this.absent.push({ limit, window });
    return String(FIRST_PLACEHOLDER + BigInt(this.absent.length));
  }
}
