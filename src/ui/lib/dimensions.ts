import type {
  ReportQuery,
  SeriesQuery,
  SpendDimension,
  SpendReportFilterInput,
} from '../generated/operations';
import { words } from './format';

export type Group = ReportQuery['spendReport']['groups'][number];
export type Point = SeriesQuery['spendReport']['groups'][number];

interface Dimension {
  /** Which value of it a group is of; null for none. */
  readonly idOf: (group: Point | Group) => string | null | undefined;
  /** How people call that, where it is not the value itself. */
  readonly nameOf?: (group: Group) => string | null | undefined;
  /** Of the address, of the filters of the report, the log and the exports. */
  readonly filter:
    'organizationId' | 'teamId' | 'projectId' | 'userId' | 'keyId' | 'model' | 'provider' | null;
  readonly among: keyof SpendReportFilterInput;
}

/** What spend can be grouped by. */
const DIMENSIONS: Readonly<Partial<Record<SpendDimension, Dimension>>> = {
  ORGANIZATION: {
    ...{ idOf: ({ organizationId }) => organizationId, nameOf: ({ organization }) => organization?.name },
    ...{ filter: 'organizationId', among: 'organizationIds' },
  },
  TEAM: {
    ...{ idOf: ({ teamId }) => teamId, nameOf: ({ team }) => team?.name },
    ...{ filter: 'teamId', among: 'teamIds' },
  },
  PROJECT: {
    ...{ idOf: ({ projectId }) => projectId, nameOf: ({ project }) => project?.name },
    ...{ filter: 'projectId', among: 'projectIds' },
  },
  USER: {
    ...{ idOf: ({ userId }) => userId, nameOf: ({ user }) => user?.name },
    ...{ filter: 'userId', among: 'userIds' },
  },
  KEY: {
    ...{ idOf: ({ keyId }) => keyId, nameOf: ({ key }) => key?.alias ?? key?.display },
    ...{ filter: 'keyId', among: 'keyIds' },
  },
  MODEL: { idOf: ({ model }) => model, filter: 'model', among: 'models' },
  PROVIDER: { idOf: ({ provider }) => provider, filter: 'provider', among: 'providers' },
  ENDPOINT: { idOf: ({ endpoint }) => endpoint, filter: null, among: 'endpoints' },
};

export const DIMENSION_OPTIONS = Object.keys(DIMENSIONS).map((value) => ({ value, label: words(value) }));

export const FILTERS = Object.values(DIMENSIONS).flatMap(({ filter }) => (filter === null ? [] : [filter]));
export type FilterName = (typeof FILTERS)[number];

export function idOfGroup(dimension: SpendDimension, group: Group | Point): string | null {
  return DIMENSIONS[dimension]?.idOf(group) ?? null;
}

export function nameOfGroup(dimension: SpendDimension, group: Group): string {
  const of = DIMENSIONS[dimension];
  return of?.nameOf?.(group) ?? of?.idOf(group) ?? 'none';
}

/** The filter of the address that leaves nothing but one value of a dimension; null where there is none. */
export function filterNameOf(dimension: SpendDimension): FilterName | null {
  return DIMENSIONS[dimension]?.filter ?? null;
}

/** A report of those groups alone, as far as their dimensions can tell; values that are absent cannot be asked for. */
export function onlyThose(by: readonly SpendDimension[], groups: readonly Group[]): SpendReportFilterInput {
  return Object.fromEntries(
    by.flatMap((dimension) => {
      const ids = groups.map((group) => idOfGroup(dimension, group));
      const among = DIMENSIONS[dimension]?.among;
      return among === undefined || ids.includes(null) ? [] : [[among, [...new Set(ids)]]];
    }),
  );
}
