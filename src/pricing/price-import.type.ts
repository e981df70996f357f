import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { FieldChange, PriceChangeKind } from '../domain/pricing/price-map-diff';
import { connectionType } from '../platform/graphql/connection';
import { enumType } from '../platform/graphql/enum-type';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, JsonScalar } from '../platform/graphql/scalars';
import type { PriceImportChangeEntity } from './price-import-change.entity';
import type { PriceImportEntity, PriceImportStatus, UnknownCostKey } from './price-import.entity';

const STATUS_DOCS: Readonly<Record<PriceImportStatus, string>> = {
  PENDING: 'It waits to be approved or rejected; no price has changed.',
  APPROVED: 'Its prices hold from `effectiveFrom` on.',
  REJECTED: 'It changes nothing.',
};

export const PriceImportStatusEnum = enumType(
  'PriceImportStatus',
  'What became of a price import.',
  STATUS_DOCS,
);

const KIND_DOCS: Readonly<Record<PriceChangeKind, string>> = {
  ADDED: 'The model has no list price yet.',
  CHANGED: 'The model has another list price, imported or from the catalogue that comes with the server.',
  REMOVED:
    'The model was imported before and is no longer in the map. The offline catalogue holds for it again.',
  UNREADABLE: 'A price of the entry is malformed, so that the list price of the model stays as it is.',
};

export const PriceChangeKindEnum = enumType(
  'PriceChangeKind',
  'What an import does to the list price of a model.',
  KIND_DOCS,
);

@ObjectType('PriceFieldChangeInfo', { description: 'One part of a price sheet, before and after.' })
export class PriceFieldChangeInfo implements FieldChange {
  @Field(() => String, { description: 'The part, such as `rates.inputText`, in USD for one unit.' })
  field: string;

  @Field(() => String, { nullable: true, description: 'What it is now, exactly; null when it is absent.' })
  old: string | null;

  @Field(() => String, { nullable: true, description: 'What it becomes, exactly; null when it goes away.' })
  new: string | null;
}

@ObjectType('PriceImportChangeInfo', { description: 'What an import does to one model.' })
export class PriceImportChangeInfo {
  @Field(() => PriceChangeKindEnum, { description: 'What it does.' })
  kind: PriceChangeKind;

  @Field(() => String, { nullable: true, description: 'The provider of the model; null for any.' })
  provider: string | null;

  @Field(() => String, { description: 'The model, by its name in the map.' })
  model: string;

  @Field(() => [PriceFieldChangeInfo], { description: 'The parts of the price that change.' })
  fields: readonly PriceFieldChangeInfo[];

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The whole new price sheet; null for REMOVED and UNREADABLE.',
  })
  sheet: object | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why the entry cannot be read; null for the other kinds.',
  })
  reason: string | null;
}

@ObjectType('UnknownCostKeyInfo', {
  description:
    'A key of the map that looks like a cost and is not understood: what it charges is not booked.',
})
export class UnknownCostKeyInfo implements UnknownCostKey {
  @Field(() => String, { description: 'The key as it is written in the map.' })
  key: string;

  @Field(() => [String], { description: 'The models that have it.' })
  models: readonly string[];
}

@ObjectType('PriceImport', {
  implements: Node,
  description:
    "LiteLLM's price map as it was handed in, compared with the list prices. No price changes before it is approved.",
})
export class PriceImport implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `pimp_`.' })
  id: string;

  @Field(() => PriceImportStatusEnum, { description: 'What became of it.' })
  status: PriceImportStatus;

  @Field(() => String, { description: 'The file or URL that the map comes from.' })
  source: string;

  @Field(() => String, { description: "SHA-256 of the map's text, in hexadecimal." })
  sha256: string;

  @Field(() => Int, { description: 'How many models get their first list price.' })
  addedCount: number;

  @Field(() => Int, { description: 'How many models get another list price.' })
  changedCount: number;

  @Field(() => Int, { description: 'How many models lose the list price that was imported before.' })
  removedCount: number;

  @Field(() => Int, { description: 'How many entries cannot be read and change nothing.' })
  unreadableCount: number;

  @Field(() => Int, { description: 'How many models have this list price already.' })
  unchangedCount: number;

  @Field(() => Int, { description: 'How many entries name no price at all.' })
  unpricedCount: number;

  @Field(() => [UnknownCostKeyInfo], { description: 'The cost keys of the map that are not understood.' })
  unknownKeys: readonly UnknownCostKeyInfo[];

  @Field(() => String, { description: 'Who handed it in: the id of a user, or `master`.' })
  createdBy: string;

  @Field(() => DateTimeScalar, { description: 'When it was handed in.' })
  createdAt: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Who approved or rejected it: the id of a user, or `master`; null while it is pending.',
  })
  decidedBy: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was approved or rejected; null while it is pending.',
  })
  decidedAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'From when its prices hold; null unless it is approved.',
  })
  effectiveFrom: Date | null;
}

export const PriceImportConnection = connectionType(PriceImport, 'PriceImport');
export const PriceImportChangeConnection = connectionType(PriceImportChangeInfo, 'PriceImportChangeInfo');

export function toPriceImport(row: PriceImportEntity): PriceImport {
  const { id, status, source, sha256, unknownKeys, createdBy, createdAt } = row;
  const { decidedBy, decidedAt, effectiveFrom } = row;
  return {
    ...{ id, status, source, sha256, unknownKeys, createdBy, createdAt, decidedBy, decidedAt, effectiveFrom },
    addedCount: row.added,
    changedCount: row.changed,
    removedCount: row.removed,
    unreadableCount: row.unreadable,
    unchangedCount: row.unchanged,
    unpricedCount: row.unpriced,
  };
}

export function toPriceImportChange(row: PriceImportChangeEntity): PriceImportChangeInfo {
  const { kind, provider, model, fields, sheet, reason } = row;
  return { kind, provider, model, fields, sheet, reason };
}
