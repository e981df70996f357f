import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemErrorCode } from '../system-error';
import type { FileStore } from './file-store';

/** Files in a folder, which is made with the first of them. Several processes may share it. */
export class FolderStore implements FileStore {
  constructor(private readonly folder: string) {}

  async write(name: string, content: Readable): Promise<number> {
    await mkdir(this.folder, { recursive: true, mode: 0o750 });
    const part = join(this.folder, `.${name}.${randomBytes(6).toString('hex')}.part`);
    try {
      // Synced before it gets its name, so that a power cut leaves no empty file of that name.
      const file = createWriteStream(part, { flags: 'wx', mode: 0o640, flush: true });
      await pipeline(content, file);
      await rename(part, join(this.folder, name));
      return file.bytesWritten;
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  async read(name: string): Promise<Readable | null> {
    try {
      return (await open(join(this.folder, name))).createReadStream();
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return null;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.folder, name), { force: true });
  }
}
