import type { ReportQuery, SpendDimension } from '../generated/operations';
import { words } from './format';

type Group = ReportQuery['spendReport']['groups'][number];

/** What spend can be grouped by, and how people call a group of it. */
export const DIMENSIONS: Readonly<Partial<Record<SpendDimension, (group: Group) => string>>> = {
  ORGANIZATION: (group) => group.organization?.name ?? group.organizationId ?? 'none',
  TEAM: (group) => group.team?.name ?? group.teamId ?? 'none',
  PROJECT: (group) => group.project?.name ?? group.projectId ?? 'none',
  USER: (group) => group.user?.name ?? group.userId ?? 'none',
  KEY: (group) => group.key?.alias ?? group.key?.display ?? group.keyId ?? 'none',
  MODEL: (group) => group.model ?? 'none',
  PROVIDER: (group) => group.provider ?? 'none',
  ENDPOINT: (group) => group.endpoint ?? 'none',
};

export const DIMENSION_OPTIONS = Object.keys(DIMENSIONS).map((value) => ({ value, label: words(value) }));

export function nameOfGroup(dimension: SpendDimension, group: Group): string {
  return DIMENSIONS[dimension]?.(group) ?? 'none';
}
