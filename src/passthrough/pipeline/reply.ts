/** The client's side of a call. The pipeline writes to it and learns from it when the client has left. */
export interface CallReply {
  /** Aborted when the client closes the connection before the answer is complete. */
  readonly left: AbortSignal;
  /** Sends a whole answer. */
  send(status: number, headers: Readonly<Record<string, string>>, body: string | Buffer): void;
  /** Begins a streamed answer. */
  start(status: number, headers: Readonly<Record<string, string>>): void;
  /** Writes a piece; resolves when there is room for more, or at once when the client has left. */
  write(piece: Buffer): Promise<void>;
  /** Ends a streamed answer; `trailers` go behind it, for clients that read them. */
  end(trailers?: Readonly<Record<string, string>>): void;
}
