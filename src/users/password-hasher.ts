import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../platform/errors';

/** argon2id is the library's default. OWASP's Password Storage Cheat Sheet asks for 19 MiB, 2 passes and one lane at least. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Each hash takes 19 MiB and a core for some 20 ms: strangers must not be able to ask for many at once. */
const MAX_RUNNING = 2;
const MAX_WAITING = 100;

/** Hashes and checks passwords, a few at a time. Throws RATE_LIMITED when too many wait. */
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private decoy: Promise<string> | null = null;

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, OPTIONS));
  }

  /** Whether the password has this hash. Without a hash it takes as long, and the answer is no. */
  async verify(stored: string | null, password: string): Promise<boolean> {
    const against = stored ?? (await (this.decoy ??= this.hash('nobody has this password')));
    const fits = await this.inTurn(() => verify(against, password));
    return fits && stored !== null;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= MAX_RUNNING) {
      if (this.waiting.length >= MAX_WAITING)
        throw new AppError('RATE_LIMITED', 'Too many people sign in at once. Try again shortly.');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
