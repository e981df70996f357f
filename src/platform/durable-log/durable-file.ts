import { open, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What a file does on the disk; replaced in tests by a disk that is full. */
export interface FileAccess {
  append(bytes: Buffer, position: number): Promise<void>;
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  readonly bytes: Buffer;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * A file that is only ever appended to. An append is over once its bytes are on the disk; those that come while the disk
 * is busy share the next sync. One that fails leaves nothing behind that a later one could be read together with.
 */
export class DurableFile {
  private length = 0;
  private readonly queue: Waiting[] = [];
  private writing: Promise<void> | null = null;
  private fault: Error | null = null;

  constructor(
    readonly path: string,
    private readonly access: FileAccess,
  ) {}

  /** Bytes that are on the disk or on their way there. */
  get size(): number {
    return this.length + this.queue.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /** Whether the disk refused even to take back what it had written by half: nothing can be appended any more. */
  get isBroken(): boolean {
    return this.fault !== null;
  }

  append(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.queue.push({ bytes, resolve, reject });
      this.writing ??= this.drain();
    });
  }

  async close(): Promise<void> {
    await this.writing;
    await this.access.close();
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) await this.write(this.queue.splice(0));
    this.writing = null;
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    const bytes = Buffer.concat(batch.map((waiting) => waiting.bytes));
    try {
      if (this.fault !== null) throw this.fault;
      await this.put(bytes);
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
      return;
    }
    for (const waiting of batch) waiting.resolve();
  }

  private async put(bytes: Buffer): Promise<void> {
    try {
      await this.access.append(bytes, this.length);
    } catch (error) {
      // Half a record must not stay: the next one would be read as its end.
      await this.access.truncate(this.length).catch((fault: unknown) => this.giveUp(fault));
      throw error;
    }
    try {
      await this.access.sync();
    } catch (error) {
      // After a failed sync nobody knows what the disk holds, whatever a second one says.
      this.giveUp(error);
      await this.access.truncate(this.length).catch(() => undefined);
      throw error;
    }
    this.length += bytes.length;
  }

  private giveUp(error: unknown): void {
    this.fault ??= error instanceof Error ? error : new Error('The file cannot be written.');
  }
}

const OWNER_ONLY = 0o600;

/** Makes a new file that only its owner may read, and makes its name durable too. */
export async function createDurableFile(path: string): Promise<DurableFile> {
  const handle = await open(path, 'wx', OWNER_ONLY);
  await syncFolder(dirname(path));
  return new DurableFile(path, accessOf(handle));
}

/** Removes a file whose contents are no longer needed; one that is gone already is no fault. */
export async function removeDurableFile(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  });
}

function accessOf(handle: FileHandle): FileAccess {
  return {
    append: async (bytes, position) => {
      let done = 0;
      while (done < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    },
    sync: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  };
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
