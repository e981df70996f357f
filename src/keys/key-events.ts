import type { KeyChange } from '../domain/keys/key-state';
import type { HintBus } from '../platform/events/hint-bus';

/** Tells of a committed change of a key: the caches, and those who follow it. */
export function tellOfKey(hints: Pick<HintBus, 'publish'>, keyId: string, change: KeyChange): void {
  hints.publish('keys', [keyId]);
  hints.publish('keyChanges', [`${change}:${keyId}`]);
}
