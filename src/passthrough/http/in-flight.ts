/** The calls under way, so that a stopping server can take no new ones and wait for the others. */
export class InFlight {
  private readonly calls = new Set<Promise<void>>();
  private closed = false;

  /** False once the server stops: the call is then to be refused. */
  get accepts(): boolean {
    return !this.closed;
  }

  get size(): number {
    return this.calls.size;
  }

  track(call: Promise<void>): void {
    this.calls.add(call);
    const done = (): void => void this.calls.delete(call);
    call.then(done, done);
  }

  /** Takes no more calls and waits for those under way. */
  async drain(): Promise<void> {
    this.closed = true;
    await Promise.allSettled([...this.calls]);
  }
}
