import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import type { FileStore } from '../../src/platform/files/file-store';
import { FolderStore } from '../../src/platform/files/folder-store';
import { S3Store } from '../../src/platform/files/s3-store';
import { startS3, type S3Storage } from '../support/s3-storage';

/** More than a part of an upload holds. */
const LARGE = 11 * 1024 * 1024;

function* large(): Generator<Buffer> {
  for (let at = 0; at < LARGE; at += 65_536) yield Buffer.alloc(Math.min(65_536, LARGE - at), at >> 16);
}

function* broken(): Generator<Buffer> {
  yield* large();
  throw new Error('The rows are gone');
}

describe('a place for files', () => {
  let folder: string;
  let s3: S3Storage;
  let stores: Record<string, FileStore>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spendgraph-files-'));
    s3 = await startS3();
    const place = { bucket: 'spend', prefix: 'files/', region: 'eu-central-1', endpoint: s3.url };
    const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'secret' };
    stores = {
      folder: new FolderStore(join(folder, 'made', 'later')),
      bucket: new S3Store({ ...place, credentials }),
    };
  });
  afterAll(async () => {
    await s3.close();
    await rm(folder, { recursive: true });
  });

  const storeOf = (name: string): FileStore => {
    const store = stores[name];
    if (!store) throw new Error(`There is no ${name}`);
    return store;
  };

  describe.each(['folder', 'bucket'])('in a %s', (place) => {
    it('gives back what was written, whole, and replaces what was there', async () => {
      const store = storeOf(place);
      expect(await store.write('a.csv', Readable.from(['one,', 'two']))).toBe(7);
      expect(await store.write('a.csv', Readable.from(large(), { objectMode: false }))).toBe(LARGE);
      const read = await store.read('a.csv');
      const expected = Buffer.concat([...large()]);
      expect(read && (await buffer(read)).equals(expected)).toBe(true);
    });

    it('has nothing of a file that broke off, and what was there stays', async () => {
      const store = storeOf(place);
      await store.write('b.csv', Readable.from(['before']));
      await expect(store.write('b.csv', Readable.from(broken(), { objectMode: false }))).rejects.toThrow(
        'The rows are gone',
      );
      const read = await store.read('b.csv');
      expect(read && (await text(read))).toBe('before');
    });

    it('removes a file, also one that is gone', async () => {
      const store = storeOf(place);
      await store.write('c.csv', Readable.from(['x']));
      await store.remove('c.csv');
      await store.remove('c.csv');
      expect(await store.read('c.csv')).toBeNull();
    });
  });

  it('keeps no remains of what broke off', async () => {
    expect(await readdir(join(folder, 'made', 'later'))).toEqual(['a.csv', 'b.csv']);
    expect([...s3.objects.keys()]).toEqual(['spend/files/a.csv', 'spend/files/b.csv']);
    expect(s3.uploads.size).toBe(0);
  });

  it('fails when the storage refuses the parts, and does not wait for the rest of the content', async () => {
    s3.refuseParts(true);
    await expect(
      storeOf('bucket').write('d.csv', Readable.from(large(), { objectMode: false })),
    ).rejects.toThrow();
    s3.refuseParts(false);
    expect(s3.uploads.size).toBe(0);
  });
});
