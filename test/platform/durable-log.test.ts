import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDurableFile, DurableFile, type FileAccess } from '../../src/platform/durable-log/durable-file';
import { frame, readFrames } from '../../src/platform/durable-log/frame';

const WHOLE = Buffer.concat([frame('{"a":1}'), frame('{"b":"ü"}'), frame('{"c":3}')]);

describe('frames of a log', () => {
  it('come back as they were written', () => {
    expect(readFrames(WHOLE)).toEqual({
      records: ['{"a":1}', '{"b":"ü"}', '{"c":3}'],
      isTorn: false,
      damaged: 0,
    });
    expect(readFrames(Buffer.alloc(0))).toEqual({ records: [], isTorn: false, damaged: 0 });
  });

  it('tell a torn tail at every byte, and never read half a record as a whole one', () => {
    const ends = [...WHOLE.entries()].filter(([, byte]) => byte === 10).map(([index]) => index + 1);
    for (let length = 0; length < WHOLE.length; length++) {
      const read = readFrames(WHOLE.subarray(0, length));
      const whole = ends.filter((end) => end <= length);
      expect(read.records).toHaveLength(whole.length);
      expect(read.isTorn).toBe(length !== 0 && !ends.includes(length));
      expect(read.damaged).toBe(0);
    }
  });

  it('are found again behind a damaged one, whichever byte was changed', () => {
    const first = frame('{"a":1}').length;
    for (let place = 0; place < first; place++) {
      const bytes = Buffer.from(WHOLE);
      bytes[place] = bytes[place] === 0x78 ? 0x79 : 0x78;
      const read = readFrames(bytes);
      expect(read.records.at(-1)).toBe('{"c":3}');
      expect(read.records).not.toContain('{"a":1}');
      expect(read.damaged).toBeGreaterThan(0);
    }
  });

  it('take a last line of which a block never reached the disk for torn', () => {
    const bytes = Buffer.from(WHOLE);
    bytes.fill(0, bytes.length - 4, bytes.length - 1);
    expect(readFrames(bytes)).toMatchObject({ records: ['{"a":1}', '{"b":"ü"}'], isTorn: true, damaged: 0 });
  });
});

/** A disk of so many bytes whose sync fails when told to. */
function smallDisk(room: number) {
  let bytes = Buffer.alloc(0);
  const disk = { syncFails: false, syncs: 0, read: () => bytes };
  const access: FileAccess = {
    append: (added, position) => {
      const fitting = added.subarray(0, Math.max(0, room - position));
      bytes = Buffer.concat([bytes.subarray(0, position), fitting]);
      return fitting.length === added.length ? Promise.resolve() : Promise.reject(new Error('ENOSPC'));
    },
    sync: () => {
      disk.syncs += 1;
      return disk.syncFails ? Promise.reject(new Error('EIO')) : Promise.resolve();
    },
    truncate: (length) => {
      bytes = bytes.subarray(0, length);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  return { disk, file: new DurableFile('unnamed', access) };
}

describe('a durable file', () => {
  it('is readable by its owner alone, and holds what was appended when that is told', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'spendgraph-log-'));
    const path = join(folder, 'one');
    const file = await createDurableFile(path);
    await Promise.all(['a', 'b', 'c'].map((text) => file.append(frame(text))));
    expect(readFrames(await readFile(path)).records).toEqual(['a', 'b', 'c']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(file.size).toBe((await stat(path)).size);
    await file.close();
    await expect(createDurableFile(path)).rejects.toThrow('EEXIST');
    await rm(folder, { recursive: true });
  });

  it('syncs once for all that waited for the disk', async () => {
    const { disk, file } = smallDisk(10_000);
    await Promise.all(Array.from({ length: 50 }, (_, index) => file.append(frame(String(index)))));
    expect(disk.syncs).toBeLessThanOrEqual(2);
    expect(readFrames(disk.read()).records).toHaveLength(50);
  });

  it('leaves nothing of a record for which the disk had no room, and goes on when there is room', async () => {
    const { disk, file } = smallDisk(100);
    await file.append(frame('first'));
    await expect(file.append(frame('x'.repeat(200)))).rejects.toThrow('ENOSPC');
    await file.append(frame('second'));
    expect(readFrames(disk.read())).toEqual({ records: ['first', 'second'], isTorn: false, damaged: 0 });
    expect(file.isBroken).toBe(false);
  });

  it('is given up after a failed sync, for nobody knows what the disk holds then', async () => {
    const { disk, file } = smallDisk(100);
    disk.syncFails = true;
    await expect(file.append(frame('first'))).rejects.toThrow('EIO');
    disk.syncFails = false;
    await expect(file.append(frame('second'))).rejects.toThrow('EIO');
    expect(file.isBroken).toBe(true);
  });
});
