import type { AdjustmentScope } from '../domain/pricing/adjustment-rules';
import type { PriceScope } from '../domain/pricing/choose-price';
import type { PriceStatus } from '../domain/pricing/price';
import { enumType } from '../platform/graphql/enum-type';

const SCOPE_DOCS: Readonly<Record<PriceScope, string>> = {
  KEY: 'A contract for one virtual key; it goes before every other price.',
  TEAM: 'A contract for the keys of one team.',
  ORGANIZATION: 'A contract for the keys of one organization.',
  DEPLOYMENT: 'For calls that one deployment serves.',
  MODEL: 'For a model, whoever calls it.',
  CATALOGUE:
    'A list price, imported or else the one that comes with the server; it holds where nothing else does.',
};

export const PriceScopeEnum = enumType(
  'PriceScope',
  'What a price is for, from the most to the least binding.',
  SCOPE_DOCS,
);

const STATUS_DOCS: Readonly<Record<PriceStatus, string>> = {
  PRICED: 'A price holds.',
  FREE: 'A price holds whose every rate is explicitly zero.',
  UNPRICED:
    'No price is known, which is not the same as free: calls are refused unless a setting lets them through.',
};

export const PriceStatusEnum = enumType('PriceStatus', 'Whether a model has a price.', STATUS_DOCS);

const ADJUSTMENT_SCOPE_DOCS: Readonly<Record<AdjustmentScope, string>> = {
  KEY: 'Calls of one virtual key; it goes before every other discount or margin.',
  TEAM: 'Calls of the keys of one team.',
  ORGANIZATION: 'Calls of the keys of one organization.',
  SERVER: 'Every call.',
};

export const AdjustmentScopeEnum = enumType(
  'PriceAdjustmentScope',
  'Whose calls a discount or margin is for, from the most to the least binding.',
  ADJUSTMENT_SCOPE_DOCS,
);
