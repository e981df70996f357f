/** To the worker. */
export interface LengthJob {
  readonly id: number;
  readonly bytes: Uint8Array;
  /** What the sender says of the file's type; empty when it says nothing. */
  readonly contentType: string;
  readonly fileName: string;
}

/** From the worker: the length in milliseconds, or null when the file does not tell. */
export interface LengthAnswer {
  readonly id: number;
  readonly durationMs: number | null;
}
