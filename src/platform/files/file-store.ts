import type { Readable } from 'node:stream';

/** A place that files are written to whole, by their names. */
export interface FileStore {
  /**
   * Writes the file, or nothing when the content breaks off: until it is complete, nobody finds anything under the name. One
   * that is there already is replaced. Returns its size in bytes.
   */
  write(name: string, content: Readable): Promise<number>;
  /** The content of the file; null when there is none. */
  read(name: string): Promise<Readable | null>;
  /** Does nothing when there is no such file. */
  remove(name: string): Promise<void>;
}
