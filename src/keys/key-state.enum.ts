import { KEY_STATE_DOCS } from '../domain/keys/key-state';
import { enumType } from '../platform/graphql/enum-type';

export const KeyStateEnum = enumType(
  'VirtualKeyState',
  'What a virtual key is at the moment. Only an ACTIVE one can be used.',
  KEY_STATE_DOCS,
);
