import type { AuditEntryEntity } from '../../audit/audit-entry.entity';
import type { AuditFilter } from '../../audit/audit-entry.repository';
import { AUDIT_ENTRY, AUDIT_PAGE, type AuditPageInput } from '../audit.schema';
import { notFound } from '../failure';
import type { Json } from '../lossless';
import { answer, defineRoute, type LitellmRoute } from './route';

const DEFAULT_SIZE = 10;

/** LiteLLM's names of the tables whose rows its audit log tells of. */
const TABLES: Readonly<Record<string, string>> = {
  VirtualKey: 'LiteLLM_VerificationToken',
  Team: 'LiteLLM_TeamTable',
  TeamMember: 'LiteLLM_TeamMembership',
  User: 'LiteLLM_UserTable',
  Organization: 'LiteLLM_OrganizationTable',
  OrganizationMember: 'LiteLLM_OrganizationMembership',
  Project: 'LiteLLM_ProjectTable',
  Customer: 'LiteLLM_EndUserTable',
  Deployment: 'LiteLLM_ProxyModelTable',
  Credential: 'LiteLLM_CredentialsTable',
  LimitTemplate: 'LiteLLM_BudgetTable',
};

export const AUDIT_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/audit',
    summary: 'Who changed what, from what to what, in numbered pages. Secrets are not shown.',
    members: AUDIT_PAGE,
    async handle(ctx, input, services) {
      const [page, size] = [input.page ?? 1, input.page_size ?? DEFAULT_SIZE];
      const oldestFirst = input.sort_order === 'asc';
      const found = await services.audit.numbered(ctx, filterOf(input), { number: page, size, oldestFirst });
      return answer({
        audit_logs: found.rows.map(entryMembers),
        ...{ total: found.total, page, page_size: size, total_pages: Math.ceil(found.total / size) },
      });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/audit/:id',
    summary: 'One entry of the audit log.',
    members: AUDIT_ENTRY,
    async handle(ctx, { id }, services) {
      const entry = await services.audit.find(ctx, id);
      return entry === null ? notFound('id', `There is no entry "${id}".`) : answer(entryMembers(entry));
    },
  }),
];

function filterOf(input: AuditPageInput): AuditFilter {
  const { changed_by: user, changed_by_api_key: key, table_name: table } = input;
  const named = Object.entries(TABLES).find(([, name]) => name === table)?.[0];
  return {
    ...(user === undefined ? {} : { actorKind: 'USER', actorId: user }),
    ...(key === undefined ? {} : { actorKind: 'KEY', actorId: key }),
    ...{ subjectType: named ?? table, subjectId: input.object_id, change: input.action },
    ...{ from: input.start_date, to: input.end_date },
  };
}

function entryMembers(entry: AuditEntryEntity): Json {
  const { id, actorKind, actorId, before, after, subjectType, subjectId, createdAt } = entry;
  const isKey = actorKind === 'KEY';
  return {
    id,
    updated_at: createdAt.toISOString(),
    changed_by: entry.onBehalfOf ?? (isKey ? null : (actorId ?? actorKind.toLowerCase())),
    changed_by_api_key: isKey ? actorId : null,
    action: before === null ? 'created' : after === null ? 'deleted' : 'updated',
    table_name: TABLES[subjectType] ?? subjectType,
    object_id: subjectId,
    before_value: before,
    updated_values: after,
    route: entry.action,
  };
}
