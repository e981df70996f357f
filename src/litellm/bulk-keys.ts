import type { RequestContext } from '../access/context';
import type { VirtualKeyEntity } from '../keys/virtual-key.entity';
import type { LitellmFailure } from './failure';
import { updateKey } from './key-commands';
import { UPDATE_KEY } from './key.schema';
import { readMembers } from './members';
import type { LitellmServices } from './services';

export interface FailedUpdate {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly failure: LitellmFailure;
}

export interface BulkUpdate {
  readonly updated: readonly VirtualKeyEntity[];
  readonly failed: readonly FailedUpdate[];
  readonly ignored: readonly string[];
}

/** Changes keys one after the other. One that cannot be changed stops none of the others. */
export async function updateKeys(
  ctx: RequestContext,
  services: LitellmServices,
  changes: readonly Readonly<Record<string, unknown>>[],
): Promise<BulkUpdate> {
  const updated: VirtualKeyEntity[] = [];
  const failed: FailedUpdate[] = [];
  const ignored: string[] = [];
  for (const raw of changes) {
    const read = readMembers(UPDATE_KEY, raw);
    const done = read.ok ? await updateKey(ctx, services, read.value.input) : read;
    if (!done.ok) {
      failed.push({ raw, failure: done.error });
      continue;
    }
    updated.push(done.value.key);
    ignored.push(...(read.ok ? read.value.ignored : []), ...done.value.ignored);
  }
  return { updated, failed, ignored };
}
