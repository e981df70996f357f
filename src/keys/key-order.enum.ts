import { enumType } from '../platform/graphql/enum-type';
import type { KeyOrder } from './key.repository';

const DOCS: Readonly<Record<KeyOrder, string>> = {
  CREATED_AT_ASC: 'Oldest first.',
  CREATED_AT_DESC: 'Newest first.',
  ALIAS_ASC: 'By alias, those without one first.',
  ALIAS_DESC: 'By alias backwards, those without one last.',
};

export const KeyOrderEnum = enumType('VirtualKeyOrder', 'The order in which virtual keys are listed.', DOCS);
