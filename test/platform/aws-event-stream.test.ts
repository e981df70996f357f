import { awsException, AwsEventStreamParser, awsMessage } from '../../src/platform/http/aws-event-stream';

const MESSAGES = [
  awsMessage({ ':message-type': 'event', ':event-type': 'a' }, { text: 'äöü' }),
  awsMessage({ ':message-type': 'event', ':event-type': 'b' }, {}),
  awsException('throttlingException', { message: 'Slowly.' }),
];

describe("a stream in AWS's frames", () => {
  it.each([1, 3, 16, 50, 10_000])('is cut into its messages, no byte lost (pieces of %d)', (size) => {
    const parser = new AwsEventStreamParser('exception:');
    const bytes = Buffer.concat(MESSAGES);
    const events = [];
    for (let at = 0; at < bytes.length; at += size)
      events.push(...parser.push(bytes.subarray(at, at + size)));
    expect(events.map(({ type, data }) => [type, JSON.parse(data ?? '') as unknown])).toEqual([
      ['a', { text: 'äöü' }],
      ['b', {}],
      ['exception:throttlingException', { message: 'Slowly.' }],
    ]);
    expect(Buffer.concat(events.map(({ raw }) => raw)).equals(bytes)).toBe(true);
    expect(parser.end()).toBeNull();
  });

  it('ends with what is left of a message that was cut', () => {
    const parser = new AwsEventStreamParser('');
    expect(parser.push(MESSAGES[0]?.subarray(0, 20) ?? Buffer.alloc(0))).toEqual([]);
    expect(parser.end()?.raw).toHaveLength(20);
  });

  it('throws when a checksum is wrong, or a length is beyond all bounds', () => {
    const broken = Buffer.from(MESSAGES[0] ?? []);
    broken.writeUInt8(broken.readUInt8(40) ^ 1, 40);
    expect(() => new AwsEventStreamParser('').push(broken)).toThrow(/checksum/i);
    expect(() => new AwsEventStreamParser('').push(Buffer.from([255, 255, 255, 255, 0]))).toThrow(/claims/);
  });
});
