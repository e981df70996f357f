/** A form's field, or a file in it. */
export type FormField =
  | readonly [name: string, value: string]
  | readonly [name: string, bytes: Buffer, fileName: string, contentType: string];

/** A form as a client sends it, with a boundary of the test's choice. */
export function formOf(
  fields: readonly FormField[],
  boundary = 'a-boundary-of-the-client',
): { readonly contentType: string; readonly body: Buffer } {
  const pieces = fields.flatMap(([name, value, fileName, type]) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"`),
    Buffer.from(fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: ${type}`),
    Buffer.from('\r\n\r\n'),
    typeof value === 'string' ? Buffer.from(value) : value,
    Buffer.from('\r\n'),
  ]);
  const body = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
  return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}

/** The parts of a form as a provider gets it: each part's head, and its bytes. */
export function partsOf(contentType: string, body: Buffer): { head: string; bytes: Buffer }[] {
  const boundary = Buffer.from(`--${/boundary=(.+)$/.exec(contentType)?.[1] ?? ''}`);
  const parts: { head: string; bytes: Buffer }[] = [];
  let from = body.indexOf(boundary);
  for (let next = body.indexOf(boundary, from + 1); next > 0; next = body.indexOf(boundary, from + 1)) {
    const part = body.subarray(from + boundary.length + 2, next - 2);
    const split = part.indexOf('\r\n\r\n');
    parts.push({ head: part.subarray(0, split).toString(), bytes: part.subarray(split + 4) });
    from = next;
  }
  return parts;
}

/** A WAV of so many milliseconds of silence: one channel, 8,000 samples a second of one byte. */
export function wav(durationMs: number): Buffer {
  const samples = durationMs * 8;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples, 40);
  return Buffer.concat([head, Buffer.alloc(samples, 0x80)]);
}
