import type { Socket } from 'node:net';
import type { LoadResult } from './load-job';
import { percentile } from './percentile';
import { requestBytes, type LoadTarget } from './request-bytes';
import { ResponseReader, type ReadResponse } from './response-reader';
import { openSocket } from './socket';
import { Tally } from './tally';

/** Streams one after another on one connection; the latencies are those of the first byte of each answer's body. */
export async function measureFirstBytes(target: LoadTarget, streams: number): Promise<LoadResult> {
  const request = requestBytes(target);
  const socket = await openSocket(target.url);
  const tally = new Tally();
  const firstBytesMs: number[] = [];
  const startedMs = performance.now();
  for (let stream = 0; stream < streams; stream++) {
    const { firstByteMs, answer } = await readStream(socket, request);
    firstBytesMs.push(firstByteMs);
    tally.add(answer, answer.bytes.includes('data: [DONE]'));
  }
  const elapsedMs = performance.now() - startedMs;
  socket.destroy();
  const sorted = Float64Array.from(firstBytesMs).sort();
  return {
    answers: sorted.length,
    statuses: tally.statuses,
    firstFailure: tally.firstFailure,
    elapsedMs,
    p50Ms: percentile(sorted, 50),
    p99Ms: percentile(sorted, 99),
  };
}

function readStream(socket: Socket, request: Buffer): Promise<{ firstByteMs: number; answer: ReadResponse }> {
  return new Promise((resolve, reject) => {
    const reader = new ResponseReader();
    const startedMs = performance.now();
    let firstByteMs = 0;
    const read = (piece: Buffer): void => {
      const answer = reader.push(piece);
      if (firstByteMs === 0 && (answer !== null || reader.bodyBegun))
        firstByteMs = performance.now() - startedMs;
      if (answer === null) return;
      socket.off('data', read).off('close', fail);
      resolve({ firstByteMs, answer });
    };
    const fail = (): void => {
      reject(new Error('The server closed the connection of a stream.'));
    };
    socket.on('data', read).once('close', fail);
    socket.write(request);
  });
}
