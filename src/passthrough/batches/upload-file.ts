import { asText } from '../../domain/metering/json';
import { err, ok, type Result } from '../../domain/result';
import { readForm, writeForm, type FormPart } from '../../platform/http/form';
import { storableJson } from '../../domain/text/storable';
import type { JsonRecord } from '../../domain/metering/json';
import type { Caller, Upload } from '../pipeline/call';
import { refusal, type Refusal } from '../pipeline/refusal';
import type { Relay } from '../pipeline/run-unmetered';
import { invalidRequest } from '../providers/wire-error';
import { askProvider } from './ask-provider';
import { readBatchFile } from './batch-file';
import type { BatchPorts } from './batch-ports';
import { insertFile } from './file.repository';
import { ownerOf } from './owned';

/** Fields that LiteLLM's clients send to the proxy. */
const PROXY_FIELDS: ReadonlySet<string> = new Set(['custom_llm_provider', 'target_model_names', 'model']);

/**
 * Takes a file of requests for a batch: it is read whole before a byte of it is sent, so that what cannot be metered is
 * refused here, and sent to the account that serves its model. Keeping it there costs nothing.
 */
export async function uploadFile(
  ports: BatchPorts,
  caller: Caller,
  upload: Upload | null,
): Promise<Result<Relay, Refusal>> {
  if (upload === null)
    return err(invalidRequest('file', 'Send the file as a form ("content-type: multipart/form-data").'));
  const read = await readForm(upload.contentType, upload.bytes);
  if (!read.ok) return err(invalidRequest('file', `The form cannot be read: ${read.error}.`));
  const parts = read.value;
  const problem = problemOf(parts);
  if (problem) return err(problem);
  const file = parts.find(isFile);
  if (file === undefined) return err(invalidRequest('file', '"file" is required.'));
  const prepared = await readBatchFile(ports, caller, file.bytes);
  if (!prepared.ok) return prepared;
  const { bytes, bound, route } = prepared.value;
  const sent = parts
    .filter(({ name }) => !PROXY_FIELDS.has(name))
    .map((part): FormPart => (part === file ? { ...file, bytes } : part));
  const { contentType, body } = writeForm(sent);
  const asked = await askProvider(ports, route, { method: 'POST', path: '/files', body, contentType });
  if (!asked.ok) return err(asked.error.refusal);
  const { status, headers, text, json } = asked.value;
  const id = asText(json?.['id']);
  if (status >= 400) return ok({ kind: 'RELAY', status, headers, text });
  if (json === null || id === null) return err(unclear());
  const isNew = await insertFile(ports.db, {
    ...{ id, bound, purpose: 'batch', keyId: ownerOf(caller), model: route.publicModel },
    deploymentId: route.deploymentId ?? '',
    content: storableJson(json) as JsonRecord,
  });
  return isNew ? ok({ kind: 'RELAY', status, headers, text }) : err(unclear());
}

function problemOf(parts: readonly FormPart[]): Refusal | null {
  const purposes = parts.filter(({ name }) => name === 'purpose');
  const [purpose] = purposes;
  if (parts.filter(({ name }) => name === 'file').length > 1 || purposes.length > 1)
    return invalidRequest('file', 'One file with one purpose is taken at a time.');
  if (purpose?.kind === 'FIELD' && purpose.value === 'batch') return null;
  const message =
    'Files are taken for batches ("purpose": "batch"). What a call reads otherwise is sent inside the call, where it is counted.';
  return invalidRequest('purpose', message);
}

function isFile(part: FormPart): part is Extract<FormPart, { kind: 'FILE' }> {
  return part.kind === 'FILE' && part.name === 'file';
}

function unclear(): Refusal {
  return refusal(502, 'upstream_error', 'The provider did not say under which id it keeps the file.');
}
