import { actingAsServer } from '../access/acting';
import type { RequestContext } from '../access/context';
import type { Log } from '../platform/logger';
import type { PriceImportService } from './price-import.service';

export interface PriceRefreshOptions {
  readonly imports: PriceImportService;
  /** A context of its own for each refresh, with the server's rights. */
  readonly contextOf: () => RequestContext;
  readonly url: string;
  readonly intervalMs: number;
  /** Whether changes are put in force at once. Never those of a map that was not understood in full. */
  readonly approves: boolean;
  readonly log: Log;
}

export type RefreshOutcome = 'UNCHANGED' | 'PENDING' | 'APPROVED' | 'FAILED';

/** Fetches a price map when the server starts and then at intervals, and imports it when it is another than the last. */
export class PriceRefresh {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: PriceRefreshOptions) {}

  start(): void {
    const refresh = (): void => {
      this.running = this.running.then(() => this.refreshSafely());
    };
    refresh();
    this.timer = setInterval(refresh, this.options.intervalMs);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  /** In its turn: never beside another. */
  refreshNow(): Promise<RefreshOutcome> {
    const done = this.running.then(() => actingAsServer('refreshPrices', () => this.refresh()));
    this.running = done.catch(() => undefined);
    return done;
  }

  async refresh(): Promise<RefreshOutcome> {
    const { imports, contextOf, url, log, approves } = this.options;
    const imported = await imports.importIfNew(contextOf(), { url });
    if (!imported.ok) {
      log.warn(
        { url, problems: imported.error.map(({ message }) => message) },
        'The price map was not taken.',
      );
      return 'FAILED';
    }
    const made = imported.value;
    if (made === null) return 'UNCHANGED';
    const { id, added, changed, removed, unreadable } = made;
    const facts = { priceImportId: id, added, changed, removed, unreadable };
    if (!approves || unreadable > 0 || made.unknownKeys.length > 0) {
      const reason = approves ? 'It was not understood in full: an' : 'An';
      log.warn(facts, `The price map has changed. ${reason} administrator has to approve it.`);
      return 'PENDING';
    }
    const approved = await imports.approve(contextOf(), { priceImportId: id });
    if (!approved.ok) {
      log.warn({ ...facts, problems: approved.error.map(({ message }) => message) }, 'The price map waits.');
      return 'PENDING';
    }
    log.info(facts, 'The price map has changed, and its prices are in force.');
    return 'APPROVED';
  }

  private async refreshSafely(): Promise<void> {
    try {
      await actingAsServer('refreshPrices', () => this.refresh());
    } catch (error) {
      this.options.log.warn({ err: error }, 'Refreshing the price map failed; the next time tries again.');
    }
  }
}
