import { PassThrough, Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import type { FileStore } from './file-store';

export interface S3Place {
  readonly bucket: string;
  /** Goes before every name, such as `spend/`. */
  readonly prefix: string;
  readonly region: string;
  /** Of a storage other than Amazon's, which is asked by paths; null: Amazon's. */
  readonly endpoint: string | null;
  /** Null: those of the environment, its files or the machine. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
}

/** Objects in a bucket of S3, or of a storage that speaks its language. Parts are sent as they come, a few in memory. */
export class S3Store implements FileStore {
  private client: Promise<S3Client> | null = null;

  constructor(private readonly place: S3Place) {}

  async write(name: string, content: Readable): Promise<number> {
    const { Upload } = await import('@aws-sdk/lib-storage');
    const counter = new ByteCounter();
    const body = new PassThrough();
    const upload = new Upload({ client: await this.open(), params: { ...this.at(name), Body: body } });
    const sent = upload.done().catch((error: unknown) => {
      // The content is read no further: nobody takes it any more.
      body.destroy(error instanceof Error ? error : new Error(String(error)));
      throw error;
    });
    const read = pipeline(content, counter, body).catch(async (error: unknown) => {
      // Without this the parts that were sent would be kept, and paid for, as an upload that never ends.
      await upload.abort();
      throw error;
    });
    const [outcome, end] = await Promise.allSettled([read, sent]);
    for (const each of [outcome, end]) if (each.status === 'rejected') throw each.reason;
    return counter.bytes;
  }

  async read(name: string): Promise<Readable | null> {
    const { GetObjectCommand, NoSuchKey } = await import('@aws-sdk/client-s3');
    try {
      const { Body } = await (await this.open()).send(new GetObjectCommand(this.at(name)));
      return Body instanceof Readable ? Body : null;
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
    await (await this.open()).send(new DeleteObjectCommand(this.at(name)));
  }

  private at(name: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.place.bucket, Key: `${this.place.prefix}${name}` };
  }

  /** The library is large: it is loaded when the first file is written. */
  private open(): Promise<S3Client> {
    this.client ??= this.makeClient();
    return this.client;
  }

  private async makeClient(): Promise<S3Client> {
    const { S3Client } = await import('@aws-sdk/client-s3');
    const { region, endpoint, credentials } = this.place;
    return new S3Client({
      region,
      ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
      ...(credentials === null ? {} : { credentials }),
      // Storages other than Amazon's do not know its newer checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }
}

class ByteCounter extends Transform {
  bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    done(null, chunk);
  }
}
