import { err, ok, type Result } from '../../domain/result';
import type { Route } from '../../models/route';
import type { Refusal } from '../pipeline/refusal';
import { askProvider, type ProviderAnswer, type ProviderQuestion } from './ask-provider';
import type { BatchPorts } from './batch-ports';
import type { Batch } from './batch.repository';
import { bookBatch } from './book-batch';
import { withoutMark } from './call-mark';
import { accountOf } from './owned';
import { contentOf, isOver, noteSeen } from './seen-batch';

export interface Look {
  /** What the client may be told. */
  readonly answer: ProviderAnswer;
  /** Books a batch that is over; null when there is nothing to book. */
  readonly book: (() => Promise<void>) | null;
}

/** Asks the provider how a batch stands, and takes note of it. */
export async function lookAtBatch(
  ports: BatchPorts,
  batch: Batch,
  { method, below }: { readonly method: ProviderQuestion['method']; readonly below: string } = {
    method: 'GET',
    below: '',
  },
): Promise<Result<Look, Refusal>> {
  const account = await accountOf(ports, batch);
  if (!account.ok) return account;
  const path = `/batches/${encodeURIComponent(batch.id ?? '')}${below}`;
  const asked = await askProvider(ports, account.value, { method, path });
  if (!asked.ok) return err(asked.error.refusal);
  return ok(await seen(ports, account.value, batch, asked.value));
}

async function seen(ports: BatchPorts, route: Route, batch: Batch, answer: ProviderAnswer): Promise<Look> {
  const { status, text, json } = answer;
  if (status >= 400 || json?.['id'] !== batch.id || batch.id === null) return { answer, book: null };
  const shown = withoutMark(text);
  const content = contentOf(shown);
  await noteSeen(ports, route, batch, content);
  const isDue = isOver(content) && batch.state !== 'ENDED';
  return {
    answer: { ...answer, text: shown },
    book: isDue ? () => bookBatch(ports, route, batch, content) : null,
  };
}
