import type { RequestContext } from '../access/context';
import { loadChildren } from '../platform/graphql/children';
import type { ConnectionOf } from '../platform/graphql/connection';
import type { PageRequest } from '../platform/database/keyset';
import { findAssignments, listAssignmentsOfTemplates } from './assignment.repository';
import { toTemplateAssignment, type TemplateAssignment } from './assignment.type';
import { findTemplates } from './template.repository';
import { toLimitTemplate, type LimitTemplate } from './template.type';

/** The template with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadLimitTemplate(ctx: RequestContext, id: string): Promise<LimitTemplate | null> {
  const loader = ctx.loaders.byId('limitTemplate', async (ids) => {
    const rows = await findTemplates(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toLimitTemplate(row)]));
  });
  return loader.load(id);
}

/** The assignment with that id, or null when it is absent, ended or not visible. */
export async function loadTemplateAssignment(
  ctx: RequestContext,
  id: string,
): Promise<TemplateAssignment | null> {
  const loader = ctx.loaders.byId('templateAssignment', async (ids) => {
    const rows = await findAssignments(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toTemplateAssignment(row)]));
  });
  return loader.load(id);
}

export async function loadAssignmentsOfTemplate(
  ctx: RequestContext,
  templateId: string,
  page: PageRequest,
): Promise<ConnectionOf<TemplateAssignment>> {
  return loadChildren(ctx.loaders, templateId, {
    field: 'LimitTemplate.assignments',
    args: page,
    fetch: (ids) => listAssignmentsOfTemplates(ctx.db.manager, ctx.visibility, ids, page),
    map: toTemplateAssignment,
  });
}
