import { windowAt } from '../domain/limits/window';
import type { WindowSpec } from '../domain/limits/window-spec';
import type { LatestWindow, WindowHolding } from './limit-window.repository';

/** The window that the ledger books to now. One that no call has needed yet has no row, and holds nothing. */
export function presentWindow(
  spec: WindowSpec,
  { now, latest }: Pick<LatestWindow, 'now' | 'latest'>,
): WindowHolding {
  const window = windowAt(spec, now.getTime());
  if (latest?.startsAt.getTime() === window.startsAtMs) return latest;
  const endsAt = window.endsAtMs === null ? null : new Date(window.endsAtMs);
  return { startsAt: new Date(window.startsAtMs), endsAt, spent: 0n, reserved: 0n };
}
