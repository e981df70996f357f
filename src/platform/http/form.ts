import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import { err, ok, type Result } from '../../domain/result';

/** One part of a form, in the order in which it came. */
export type FormPart =
  | { readonly kind: 'FIELD'; readonly name: string; readonly value: string }
  | {
      readonly kind: 'FILE';
      readonly name: string;
      readonly fileName: string;
      readonly contentType: string;
      readonly bytes: Buffer;
    };

/** More than any API takes. */
const LIMITS = {
  fieldNameSize: 200,
  fieldSize: 1024 * 1024,
  fields: 200,
  files: 20,
  parts: 220,
  headerPairs: 20,
};
/** Bytes that are read without a pause, so that a large upload does not hold up other requests. */
const SLICE_BYTES = 1024 * 1024;

/** Reads a `multipart/form-data` body. The error says what is wrong with it. */
export async function readForm(contentType: string, body: Buffer): Promise<Result<FormPart[], string>> {
  const parts: Promise<FormPart>[] = [];
  const problems: string[] = [];
  const note = (text: string): void => void problems.push(text);
  try {
    const busboy = new Busboy({ headers: { 'content-type': contentType }, limits: LIMITS });
    const ended = new Promise<void>((resolve) => {
      busboy.on('finish', resolve);
      busboy.on('error', (error: unknown) => {
        note(error instanceof Error ? error.message : 'it cannot be read');
        resolve();
      });
    });
    busboy.on('field', (name, value, nameCut, valueCut) => {
      if (nameCut || valueCut) note(`the field "${name}" is too long`);
      parts.push(Promise.resolve({ kind: 'FIELD', name, value }));
    });
    busboy.on('file', (name, stream, fileName, _encoding, type) => {
      parts.push(readFile(stream, { name, fileName, contentType: type }));
    });
    for (const event of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
      busboy.on(event, () => note('it has too many parts'));
    for (let at = 0; at < body.length; at += SLICE_BYTES) {
      busboy.write(body.subarray(at, at + SLICE_BYTES));
      await turn();
    }
    busboy.end();
    await ended;
  } catch (error) {
    note(error instanceof Error ? error.message : 'it cannot be read');
  }
  const [problem] = problems;
  return problem === undefined ? ok(await Promise.all(parts)) : err(problem);
}

/** Writes a form anew: fields and files as they were read, so that whoever reads it next reads the same. */
export function writeForm(parts: readonly FormPart[]): { contentType: string; body: Buffer } {
  const boundary = `form-${randomUUID()}`;
  const pieces = parts.flatMap((part) => [
    Buffer.from(`--${boundary}\r\n${headOf(part)}\r\n\r\n`, 'utf8'),
    part.kind === 'FIELD' ? Buffer.from(part.value, 'utf8') : part.bytes,
    Buffer.from('\r\n', 'utf8'),
  ]);
  const body = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`, 'utf8')]);
  return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}

function headOf(part: FormPart): string {
  const disposition = `Content-Disposition: form-data; name="${quoted(part.name)}"`;
  if (part.kind === 'FIELD') return disposition;
  const type = part.contentType.replace(/[\r\n]/g, '');
  return `${disposition}; filename="${quoted(part.fileName)}"\r\nContent-Type: ${type}`;
}

/** As browsers write names into a header: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html. */
function quoted(text: string): string {
  return text.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

async function readFile(
  stream: BusboyFileStream,
  head: { name: string; fileName: string; contentType: string },
): Promise<FormPart> {
  const pieces: Buffer[] = [];
  for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
  return { kind: 'FILE', ...head, bytes: Buffer.concat(pieces) };
}
