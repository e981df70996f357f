import type { FormPart } from '../../../platform/http/form';
import type { CallRequest, RequestEdits } from '../provider';
import { PROXY_MEMBERS } from './operation';

/** Fields that only this server understands. */
const OWN_FIELDS = new Set([...PROXY_MEMBERS, 'metadata']);

/** A form as it goes upstream: the upstream's name for the model, and no field that was meant for this server. */
export function editForm(
  call: CallRequest,
  form: readonly FormPart[],
  { model }: RequestEdits,
): readonly FormPart[] {
  const value = model ?? call.model;
  const kept = form.filter(({ name }) => name !== 'model' && !OWN_FIELDS.has(name.replace(/\[.*$/s, '')));
  return [{ kind: 'FIELD', name: 'model', value }, ...kept];
}
