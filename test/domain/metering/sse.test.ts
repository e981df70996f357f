import * as fc from 'fast-check';
import { SseEventTooLargeError, SseParser, type SseEvent } from '../../../src/domain/metering/sse';
import { describeRecorded, exchanges } from './recorded';

const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const line = fc.oneof(
  fc.constantFrom('data: {"a":"ü€😀"}', 'data:[DONE]', ': comment', 'event: ping', 'id: 1', 'data', ''),
  fc.string({ unit: 'grapheme' }).map((text) => `data: ${text.replace(/[\r\n]/g, '')}`),
);

/** Cuts bytes at random places, empty chunks and cuts inside characters and line ends included. */
function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [0, ...cuts.map((cut) => Math.floor(cut * bytes.length)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

function parse(chunks: readonly Buffer[]): SseEvent[] {
  const parser = new SseParser();
  const events = chunks.flatMap((chunk) => parser.push(chunk));
  const rest = parser.end();
  return rest ? [...events, rest] : events;
}

const fields = (events: readonly SseEvent[]): unknown[] => events.map(({ type, data }) => [type, data]);
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

describe('SseParser', () => {
  it('gives back every byte in order, wherever the chunks are cut', () => {
    const stream = fc.array(fc.tuple(line, lineEnd)).map((lines) => Buffer.from(lines.flat().join('')));
    fc.assert(
      fc.property(stream, cuts, (bytes, at) => {
        expect(Buffer.concat(parse(split(bytes, at)).map((event) => event.raw)).equals(bytes)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('finds the same events, wherever the chunks are cut, in streams of one kind of line end', () => {
    const stream = fc
      .tuple(fc.array(line), lineEnd)
      .map(([lines, end]) => Buffer.from(lines.map((text) => text + end).join('')));
    fc.assert(
      fc.property(stream, cuts, (bytes, at) => {
        expect(fields(parse(split(bytes, at)))).toEqual(fields(parse([bytes])));
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['\n', '\r\n', '\r'])('cuts whole events with their blank line when lines end by %j', (end) => {
    const events = [
      `: hi${end}${end}`,
      `event: a${end}data: 1${end}data:2${end}${end}`,
      `data: [DONE]${end}${end}`,
    ];
    const parsed = parse([...Buffer.from(events.join(''))].map((byte) => Buffer.from([byte])));
    expect(parsed.map((event) => event.raw.toString())).toEqual(events);
    expect(fields(parsed)).toEqual([
      [null, null],
      ['a', '1\n2'],
      [null, '[DONE]'],
    ]);
  });

  it.each(['\n', '\r\n'])(
    'hands an event over with its last byte and not later, when lines end by %j',
    (end) => {
      const parser = new SseParser();
      const bytes = Buffer.from(`data: 1${end}${end}`);
      expect(parser.push(bytes.subarray(0, -1))).toEqual([]);
      expect(parser.push(bytes.subarray(-1)).map((event) => event.data)).toEqual(['1']);
    },
  );

  it('keeps characters whole that are cut between chunks', () => {
    const bytes = Buffer.from('data: 漢😀é\n\n');
    for (let at = 0; at <= bytes.length; at++) {
      expect(parse([bytes.subarray(0, at), bytes.subarray(at)])[0]?.data).toBe('漢😀é');
    }
  });

  it('keeps its own copy of bytes whose memory is used again', () => {
    const parser = new SseParser();
    const chunk = Buffer.from('data: secret');
    parser.push(chunk);
    chunk.fill(0x78);
    expect(parser.push(Buffer.from('\n\n'))[0]?.data).toBe('secret');
  });

  it('hands over what a stream without a last blank line ended with', () => {
    expect(parse([Buffer.from('data: 1\n\ndata: [DONE]')]).map((event) => event.data)).toEqual([
      '1',
      '[DONE]',
    ]);
  });

  it('refuses an event larger than its bound, and only that', () => {
    const parser = new SseParser(64);
    for (let i = 0; i < 100; i++) parser.push(Buffer.from(`data: ${'x'.repeat(50)}\n\n`));
    expect(() => {
      for (let i = 0; i < 10; i++) parser.push(Buffer.from('data: xxxxxxxxx\n'));
    }).toThrow(SseEventTooLargeError);
  });

  it('reads one event of eight megabytes in small chunks in linear time', () => {
    const parser = new SseParser();
    const started = process.cpuUsage();
    for (let i = 0; i < 8192; i++) parser.push(Buffer.alloc(1024, 0x61));
    expect(parser.push(Buffer.from('\n\n'))).toHaveLength(1);
    // Of the processor's time, which a busy machine does not stretch as it does the clock's.
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(5);
  });
});

describeRecorded('recorded streams', () => {
  const streams = exchanges().flatMap(({ file, stream }): [string, Buffer][] =>
    stream ? [[file, stream]] : [],
  );

  it.each(streams)('come out byte for byte: %s', (_, stream) => {
    fc.assert(
      fc.property(cuts, (at) => {
        expect(Buffer.concat(parse(split(stream, at)).map((event) => event.raw)).equals(stream)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('are found', () => {
    expect(streams.length).toBeGreaterThanOrEqual(10);
  });
});
