import type { AuditActorKind, AuditQuery } from '../generated/operations';
import { words } from './format';

export type Entry = AuditQuery['auditLog']['nodes'][number];

export const ACTORS: readonly AuditActorKind[] = ['USER', 'KEY', 'MASTER', 'SYSTEM', 'DATABASE', 'ANONYMOUS'];

export const SUBJECTS = [
  'VirtualKey',
  'Team',
  'TeamMember',
  'Organization',
  'OrganizationMember',
  'Project',
  'User',
  'AccessToken',
  'Customer',
  'Limit',
  'LimitAdjustment',
  'LimitIncrease',
  'LimitTemplate',
  'TemplateAssignment',
  'Price',
  'PriceAdjustment',
  'PriceImport',
  'Credential',
  'Deployment',
  'Alert',
  'AlertRule',
  'AlertChannel',
];

/** Who did it, as people call them. */
export function actorOf({ actorKind, actorUser, actorKey, actorId, onBehalfOf }: Entry): string {
  const name = actorUser?.name ?? actorUser?.email ?? actorKey?.alias ?? actorKey?.display ?? actorId;
  const actor = name ?? (actorKind === 'MASTER' ? 'Master key' : words(actorKind));
  return onBehalfOf == null ? actor : `${actor} for ${onBehalfOf}`;
}

/** "createKey" as "Create key", and a route as it is. */
export function actionOf({ action }: Entry): string {
  return action.startsWith('/') ? action : words(action.replace(/([A-Z])/g, ' $1'));
}

export function typeOf(subjectType: string): string {
  return words(subjectType.replace(/(?!^)([A-Z])/g, ' $1'));
}

/** The name of what was changed, if the change tells it. */
export function subjectOf({ before, after, subjectId }: Entry): string {
  for (const state of [after, before])
    for (const name of ['name', 'alias', 'email', 'external_id', 'externalId', 'model']) {
      const value = isRecord(state) ? state[name] : undefined;
      if (typeof value === 'string') return value;
    }
  return subjectId ?? '';
}

export interface Difference {
  readonly field: string;
  readonly was: string | null;
  readonly is: string | null;
}

/** What differs, field by field, in the order of their names. */
export function differencesOf({ before, after }: Entry): Difference[] {
  const was = isRecord(before) ? before : {};
  const is = isRecord(after) ? after : {};
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .sort()
    .map((field) => ({ field, was: shown(was[field]), is: shown(is[field]) }));
}

function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
