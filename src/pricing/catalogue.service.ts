import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { decodeCursor, encodeCursor } from '../platform/database/cursor';
import { pageSize, type Page, type PageRequest } from '../platform/database/keyset';
import { AppError } from '../platform/errors';
import { catalogueKeys, listCatalogue, type CatalogueModel } from './catalogue';

export interface CatalogueQuestion {
  readonly provider?: string | null | undefined;
  /** Part of the model's id or name, whatever the case. */
  readonly search?: string | null | undefined;
  /** The instant whose prices are shown; now by default. */
  readonly at?: Date | null | undefined;
}

const CURSOR = 'catalogue';

/** Shows the list prices that come with the program, by provider and model. */
export class CatalogueService {
  list(ctx: RequestContext, question: CatalogueQuestion, request: PageRequest): Page<CatalogueModel> {
    requireRule(ctx.principal, RULES.signedIn);
    const { provider = null, search = null, at } = question;
    const filter = { provider, search, atMs: at?.getTime() ?? ctx.clock.now() };
    const keys = catalogueKeys(filter);
    const { size, backward } = pageSize(request);
    const from = request.after == null ? 0 : placeOf(keys, request.after, 'after') + 1;
    const to = request.before == null ? keys.length : placeOf(keys, request.before, 'before');
    const start = backward ? Math.max(from, to - size) : from;
    const end = backward ? to : Math.min(to, from + size);
    return {
      rows: listCatalogue({ ...filter, offset: start, limit: Math.max(0, end - start) }),
      hasNextPage: end < keys.length,
      hasPreviousPage: start > 0,
      cursorOf: (row) => encodeCursor(CURSOR, { value: row.provider, id: row.model }),
    };
  }
}

function placeOf(keys: readonly string[], cursor: string, field: 'after' | 'before'): number {
  const { value, id } = decodeCursor(CURSOR, cursor, field);
  const place = keys.indexOf(`${value}/${id}`);
  if (place >= 0) return place;
  throw new AppError('BAD_USER_INPUT', `The cursor in "${field}" is not of this list.`, [field]);
}
