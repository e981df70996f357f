import { parentPort } from 'node:worker_threads';
import type { LengthAnswer, LengthJob } from './messages';

/** What MPEG audio and other files without an index are is only known by going through all of their frames. */
const OPTIONS = { duration: true, skipCovers: true, skipPostHeaders: true };

async function durationMs({ bytes, contentType, fileName }: LengthJob): Promise<number | null> {
  try {
    const { parseBuffer } = await import('music-metadata');
    const hint = { mimeType: contentType, path: fileName, size: bytes.byteLength };
    const { format } = await parseBuffer(bytes, hint, OPTIONS);
    const seconds = format.duration;
    const isKnown = seconds !== undefined && Number.isFinite(seconds) && seconds >= 0;
    return isKnown ? Math.ceil(seconds * 1_000) : null;
  } catch {
    // The file is somebody's upload: what cannot be read has no length that is known.
    return null;
  }
}

const port = parentPort;
port?.on('message', (job: LengthJob) => {
  void durationMs(job).then((found) => {
    const answer: LengthAnswer = { id: job.id, durationMs: found };
    port.postMessage(answer);
  });
});
