import { Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, requireRule, RULES } from '../access/rules';
import type { JournalState } from './http-server';
import { ServerHealth, type DatabaseHealth, type JournalHealth } from './server-health.type';

@Resolver()
export class ServerHealthResolver {
  constructor(
    /** Of the server, as its package names it. */
    private readonly version: string,
    private readonly journal: JournalState,
  ) {}

  @Query(() => ServerHealth, {
    description: describe('How the server process that answers is.', RULES.serverViewer),
  })
  async serverHealth(@Ctx() ctx: RequestContext): Promise<ServerHealth> {
    requireRule(ctx.principal, RULES.serverViewer);
    return { version: this.version, database: await askDatabase(ctx), journal: journalHealth(this.journal) };
  }
}

function journalHealth({ waiting, underWay, bytes, maxBytes }: JournalState): JournalHealth {
  return {
    waitingCalls: waiting.length,
    openCalls: underWay,
    bytes: String(bytes),
    maxBytes: String(maxBytes),
  };
}

async function askDatabase(ctx: RequestContext): Promise<DatabaseHealth> {
  const startMs = ctx.clock.now();
  try {
    const rows: { version: string }[] = await ctx.db.query(
      `SELECT current_setting('server_version') AS version`,
    );
    return { reachable: true, version: rows[0]?.version ?? null, latencyMs: ctx.clock.now() - startMs };
  } catch {
    // That it does not answer is the answer; the pool logs why.
    return { reachable: false, version: null, latencyMs: null };
  }
}
