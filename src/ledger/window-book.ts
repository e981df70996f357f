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

/** The row of each limit's present window. Rows are made when a call first needs them; there is no reset job. */
export class WindowBook {
  private readonly cache = new WindowCache();
  private readonly known = new Map<string, Known>();

  constructor(private readonly db: Queryable) {}

  /** The windows of these limits at that instant, by limit id. A limit that changed meanwhile has none. */
  async at(limits: Iterable<LimitTermsSnapshot>, nowMs: number): Promise<Map<string, OpenWindow>> {
    const open = new Map<string, OpenWindow>();
    const missing = new Map<string, WindowToMake>();
    for (const limit of limits) {
      const window = this.cache.at(limit.spec, nowMs);
      const known = this.known.get(limit.id);
      if (known?.version === limit.version && known.window.startsAtMs === window.startsAtMs)
        open.set(limit.id, known);
      else missing.set(limit.id, { limitId: limit.id, unit: limit.unit, version: limit.version, window });
    }
    if (missing.size === 0) return open;
    const ids = await ensureWindows(this.db, [...missing.values()]);
    for (const { limitId, window, version } of missing.values()) {
      const id = ids.get(limitId);
      if (id === undefined) continue;
      this.known.set(limitId, { id, window, version });
      open.set(limitId, { id, window });
    }
    return open;
  }
}
