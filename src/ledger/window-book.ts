import type { LimitTermsSnapshot } from '../domain/ledger/verdict';
import { WindowCache } from '../domain/limits/window-cache';
import type { Window } from '../domain/limits/window-spec';
import type { Queryable } from '../platform/database/pool';
import { ensureWindows, type WindowToMake } from './window.repository';

export interface OpenWindow {
  readonly id: string;
  readonly window: Window;
}

interface Known extends OpenWindow {
  readonly version: string;
}

/** Windows kept in memory before the book starts anew: each customer may have some of its own. */
const MAX_WINDOWS = 200_000;

/** The row of each limit's present window. Rows are made when a call first needs them; there is no reset job. */
export class WindowBook {
  private readonly cache = new WindowCache();
  private readonly known = new Map<string, Known>();

  constructor(private readonly db: Queryable) {}

  /** The windows of these limits at that instant, by series. None when the limits are not of that version any more. */
  async at(
    limits: Iterable<LimitTermsSnapshot>,
    version: string,
    nowMs: number,
  ): Promise<Map<string, OpenWindow>> {
    const open = new Map<string, OpenWindow>();
    const missing: (WindowToMake & { readonly limit: LimitTermsSnapshot })[] = [];
    for (const limit of limits) {
      const window = this.cache.at(limit.spec, nowMs);
      const known = this.known.get(limit.series);
      if (known?.version === limit.version && known.window.startsAtMs === window.startsAtMs)
        open.set(limit.series, known);
      else missing.push({ limit, window });
    }
    if (missing.length === 0) return open;
    const ids = await ensureWindows(this.db, version, missing);
    if (this.known.size + missing.length > MAX_WINDOWS) this.known.clear();
    for (const { limit, window } of missing) {
      const id = ids.get(limit.series);
      if (id === undefined) continue;
      this.known.set(limit.series, { id, window, version: limit.version });
      open.set(limit.series, { id, window });
    }
    return open;
  }
}
