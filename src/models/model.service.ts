import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { findKeys } from '../keys/key.repository';
import { pageOfList } from '../platform/database/list-page';
import type { Page, PageRequest } from '../platform/database/keyset';
import { AppError } from '../platform/errors';
import { keyAllowLists, waysToModels, type AllowLists } from './allow-lists.repository';
import type { ListedModel, ModelRouter } from './model-router';

export interface ModelFilter {
  /** Text that the name contains, in any case. */
  readonly search?: string | null | undefined;
  readonly provider?: string | null | undefined;
  /** The virtual key to ask for, rather than for the caller. */
  readonly keyId?: string | null | undefined;
}

/** Which models a caller may use. */
export class ModelService {
  constructor(
    private readonly db: DataSource,
    private readonly router: Pick<ModelRouter, 'listModels'>,
  ) {}

  async list(ctx: RequestContext, filter: ModelFilter, page: PageRequest): Promise<Page<ListedModel>> {
    requireRule(ctx.principal, RULES.signedIn);
    const ways =
      filter.keyId == null
        ? await waysToModels(this.db.manager, ctx.principal)
        : [await this.listsOfKey(ctx, filter.keyId)];
    const byName = new Map<string, ListedModel>();
    for (const lists of ways) {
      for (const model of await this.router.listModels(lists)) byName.set(model.id, model);
    }
    const search = filter.search?.toLowerCase() ?? '';
    const models = [...byName.values()].filter(
      ({ id, provider }) =>
        id.toLowerCase().includes(search) && (filter.provider == null || filter.provider === provider),
    );
    return pageOfList(models, 'model.name', page);
  }

  private async listsOfKey(ctx: RequestContext, keyId: string): Promise<AllowLists> {
    const [visible] = await findKeys(this.db.manager, ctx.visibility, [keyId]);
    const lists = visible && (await keyAllowLists(this.db.manager, keyId));
    if (!lists) throw new AppError('NOT_FOUND', `There is no key "${keyId}".`, ['filter', 'keyId']);
    return lists;
  }
}
