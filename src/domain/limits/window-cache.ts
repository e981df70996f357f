import { windowAt } from './window';
import type { Window, WindowSpec } from './window-spec';

/**
 * Remembers the last window of each spec, by the identity of the spec object, so that calls that follow each other in
 * time cost two comparisons. A spec is never changed in place; a dropped one takes its window with it.
 */
export class WindowCache {
  private readonly lastBySpec = new WeakMap<WindowSpec, Window>();

  /** The same as `windowAt(spec, instantMs)`. */
  at(spec: WindowSpec, instantMs: number): Window {
    const last = this.lastBySpec.get(spec);
    if (last && instantMs >= last.startsAtMs && (last.endsAtMs === null || instantMs < last.endsAtMs)) {
      return last;
    }
    const window = windowAt(spec, instantMs);
    this.lastBySpec.set(spec, window);
    return window;
  }
}
