import type { ReactNode } from 'react';
import type { TypedDocumentNode } from 'urql';
import type { BudgetFragment, LimitScope } from '../generated/operations';
import type { FormField, FormValues } from '../lib/form';
import type { FormMutation } from '../lib/use-form-change';
import type { Viewing } from '../lib/use-viewer';

/** What everything that can spend has in common. */
export interface Holder {
  readonly id: string;
  readonly blocked: boolean;
  readonly spend?: { readonly cost: string; readonly requests: string } | null;
  readonly limits: { readonly nodes: readonly BudgetFragment[] };
}

export interface Column<Row> {
  readonly name: string;
  readonly render: (row: Row) => ReactNode;
}

interface Holders<Row> {
  readonly holders: {
    readonly nodes: readonly Row[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  };
}

interface HoldersVariables {
  readonly filter: { readonly search: string } | null;
  readonly first: number;
  readonly after: string | null;
}

/** A change of one row that needs nothing but its id. */
export interface RowChange<Row> {
  readonly label: string;
  readonly mutation: FormMutation;
  /** Beside the id. */
  readonly input?: object;
  readonly done: string;
  /** Asked before it is done. */
  readonly question?: (row: Row) => string;
  readonly isFor?: (row: Row) => boolean;
}

/** One kind of what can spend: how it is listed, made and changed. */
export interface HolderKind<Row extends Holder> {
  readonly title: string;
  readonly intro?: string;
  /** "team". */
  readonly one: string;
  readonly scope: LimitScope;
  /** Of the inputs of its mutations, and of the filter of the logs: "teamId". */
  readonly idField: string;
  readonly list: TypedDocumentNode<Holders<Row>, HoldersVariables>;
  readonly nameOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly fields: readonly FormField[];
  readonly valuesOf: (row: Row) => FormValues;
  /** What its fields of ids point at. */
  readonly chosen?: (
    row: Row,
  ) => Record<string, { readonly id: string; readonly name?: string | null } | null | undefined>;
  readonly create: FormMutation;
  readonly update: FormMutation;
  readonly changes: readonly RowChange<Row>[];
  readonly mayMake: (viewer: Viewing) => boolean;
  readonly mayChange: (viewer: Viewing) => boolean;
}
