import { formRecord, type FormEntry } from '../../domain/metering/form-fields';
import { err, ok, type Result } from '../../domain/result';
import { readForm, type FormPart } from '../../platform/http/form';
import { invalidRequest } from '../providers/wire-error';
import type { AuthenticatedCall, ReceivedCall, Upload } from './call';
import type { CallPorts } from './ports';
import type { Refusal } from './refusal';

/** A body as the steps after it know it. */
export type ReadBody = Pick<AuthenticatedCall, 'body' | 'json' | 'form'>;

/**
 * Reads a form as the JSON that it stands for, so that every rule for bodies holds for it as well. Its text is that JSON:
 * files are in it by name, size and length, for they are billed by those and not by their bytes.
 */
export async function readUpload(
  ports: Pick<CallPorts, 'audioLength'>,
  call: ReceivedCall,
  upload: Upload,
): Promise<Result<ReadBody, Refusal>> {
  const { format, operation } = call;
  if (format.takesForm?.(operation) !== true)
    return err(
      invalidRequest('body', 'This route takes JSON. Send it with "content-type: application/json".'),
    );
  const parts = await readForm(upload.contentType, upload.bytes);
  if (!parts.ok) return err(invalidRequest('body', `The form cannot be read: ${parts.error}.`));
  const isSound = format.boundFormat(operation) === 'openai-transcription';
  const entries: FormEntry[] = [];
  for (const part of parts.value) entries.push(await entryOf(ports, part, isSound));
  const record = formRecord(entries);
  if (!record.ok) return err(invalidRequest(record.error.name, record.error.message));
  return ok({ body: JSON.stringify(record.value), json: record.value, form: parts.value });
}

async function entryOf(
  { audioLength }: Pick<CallPorts, 'audioLength'>,
  part: FormPart,
  isSound: boolean,
): Promise<FormEntry> {
  if (part.kind === 'FIELD') return { name: part.name, value: part.value };
  const { name, fileName, contentType, bytes } = part;
  const durationMs = isSound ? await audioLength.durationMs(bytes, contentType, fileName) : null;
  return { name, value: { fileName, contentType, bytes: bytes.length, durationMs } };
}
