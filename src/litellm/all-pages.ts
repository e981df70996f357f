import { ok, type Result } from '../domain/result';
import type { Page, PageRequest } from '../platform/database/keyset';
import { badRequest, type LitellmFailure } from './failure';

/** LiteLLM answers with whole lists; more than this many are pages of the GraphQL API. */
const MAX_LISTED = 1_000;
const PAGE = 100;

/** Every row of a list, page by page. */
export async function allPages<Row>(
  what: string,
  list: (page: PageRequest) => Promise<Page<Row>>,
): Promise<Result<Row[], LitellmFailure>> {
  const all: Row[] = [];
  for (let after: string | null = null; ;) {
    const page = await list({ first: PAGE, after });
    all.push(...page.rows);
    const last = page.rows.at(-1);
    if (!page.hasNextPage || last === undefined) return ok(all);
    if (all.length >= MAX_LISTED) {
      return badRequest(
        null,
        `There are more than ${MAX_LISTED} ${what}. Page through them in the GraphQL API.`,
      );
    }
    after = page.cursorOf(last);
  }
}
