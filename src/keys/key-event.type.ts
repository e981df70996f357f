import { Field, ObjectType } from 'type-graphql';
import { KEY_CHANGE_DOCS, type KeyChange } from '../domain/keys/key-state';
import { enumType } from '../platform/graphql/enum-type';
import type { ChangedKey } from './key-feed';
import { toVirtualKey, VirtualKey } from './key.type';

const KeyChangeEnum = enumType('KeyChange', 'What befell a virtual key.', KEY_CHANGE_DOCS);

@ObjectType('KeyEvent', { description: 'A change of a virtual key, as it is told to those who follow it.' })
export class KeyEvent {
  @Field(() => KeyChangeEnum, { description: 'What befell the key.' })
  change: KeyChange;

  @Field(() => VirtualKey, {
    description: 'The key as it was read after the change, which may be after a later one too.',
  })
  key: VirtualKey;
}

export function toKeyEvent({ change, key }: ChangedKey, nowMs: number): KeyEvent {
  return { change, key: toVirtualKey(key, nowMs) };
}
