import type { Socket } from 'node:net';
import type { LoadResult } from './load-job';
import { percentile } from './percentile';
import { requestBytes, type LoadTarget } from './request-bytes';
import { ResponseReader } from './response-reader';
import { openSocket } from './socket';
import { Tally } from './tally';

/** Keeps each connection busy with one request at a time, until the time is over and every answer is in. */
export class ClosedLoop {
  private readonly latenciesMs: number[] = [];
  private readonly tally = new Tally();
  private readonly request: Buffer;
  private deadlineMs = 0;

  constructor(private readonly target: LoadTarget) {
    this.request = requestBytes(target);
  }

  async run(connections: number, durationMs: number): Promise<LoadResult> {
    const sockets = await Promise.all(Array.from({ length: connections }, () => openSocket(this.target.url)));
    const startedMs = performance.now();
    this.deadlineMs = startedMs + durationMs;
    await Promise.all(sockets.map((socket) => this.drive(socket)));
    const elapsedMs = performance.now() - startedMs;
    for (const socket of sockets) socket.destroy();
    const sorted = Float64Array.from(this.latenciesMs).sort();
    return {
      answers: sorted.length,
      statuses: this.tally.statuses,
      firstFailure: this.tally.firstFailure,
      elapsedMs,
      p50Ms: percentile(sorted, 50),
      p99Ms: percentile(sorted, 99),
    };
  }

  private drive(socket: Socket): Promise<void> {
    return new Promise((resolve, reject) => {
      const reader = new ResponseReader();
      let sentMs = performance.now();
      socket.on('data', (piece: Buffer) => {
        const answer = reader.push(piece);
        if (answer === null) return;
        const nowMs = performance.now();
        this.latenciesMs.push(nowMs - sentMs);
        this.tally.add(answer);
        if (nowMs >= this.deadlineMs) {
          resolve();
          return;
        }
        sentMs = nowMs;
        socket.write(this.request);
      });
      socket.on('error', reject);
      socket.on('close', () => {
        reject(new Error('The server closed a connection under load.'));
      });
      socket.write(this.request);
    });
  }
}
