import { crc32 } from 'node:zlib';

/** What stands in a log, as far as it can be trusted. */
export interface ReadFrames {
  /** The records whose checksum holds, in the order of writing. */
  readonly records: readonly string[];
  /** Whether the last record was not written whole: its writer was cut off, and never told that it is safe. */
  readonly isTorn: boolean;
  /** Records before the last whose checksum fails: the file was damaged after it was written. */
  readonly damaged: number;
}

/**
 * One record as a line: its checksum and its text, which must be without line breaks. A line can be found again behind a
 * damaged one, and people can read the file.
 */
export function frame(record: string): Buffer {
  return Buffer.from(`${checksum(record)} ${record}\n`, 'utf8');
}

export function readFrames(bytes: Buffer): ReadFrames {
  const lines = bytes.toString('utf8').split('\n');
  const rest = lines.pop() ?? '';
  const records: string[] = [];
  const faults: number[] = [];
  lines.forEach((line, index) => {
    const record = line.slice(CHECKSUM_LENGTH + 1);
    if (line.slice(0, CHECKSUM_LENGTH + 1) === `${checksum(record)} `) records.push(record);
    else faults.push(index);
  });
  // A tail can be torn in the middle of its line, or be a whole line of which some blocks never reached the disk.
  const isLastFaulty = rest === '' && faults.at(-1) === lines.length - 1 && lines.length > 0;
  return {
    records,
    isTorn: rest !== '' || isLastFaulty,
    damaged: faults.length - (isLastFaulty ? 1 : 0),
  };
}

const CHECKSUM_LENGTH = 8;

function checksum(record: string): string {
  return crc32(record).toString(16).padStart(CHECKSUM_LENGTH, '0');
}
