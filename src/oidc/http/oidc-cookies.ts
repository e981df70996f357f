import { cookieHeader, readCookie, type CookieScope } from '../../platform/http/cookies';
import type { SecretBox } from '../../platform/secret-box';

/** What the browser keeps for the server between two requests: sealed, for a while, and out of reach of scripts. */
export class SealedCookie<T> {
  constructor(
    private readonly box: SecretBox,
    private readonly clock: { now(): number },
    private readonly name: string,
    private readonly lifeS: number,
    private readonly scope: Omit<CookieScope, 'isSecure'>,
    private readonly isSecure: boolean,
  ) {}

  set(value: T): string {
    const text = JSON.stringify({ value, untilMs: this.clock.now() + this.lifeS * 1000 });
    const sealed = this.box.seal(text, this.name).toString('base64url');
    return cookieHeader(this.name, sealed, this.lifeS, { ...this.scope, isSecure: this.isSecure });
  }

  clear(): string {
    return cookieHeader(this.name, '', 0, { ...this.scope, isSecure: this.isSecure });
  }

  /** Null when it is absent, has ended, or was made by nobody who has the server's key. */
  read(header: string | undefined): T | null {
    const sealed = readCookie(header, this.name);
    if (sealed === null) return null;
    try {
      const text = this.box.open(Buffer.from(sealed, 'base64url'), this.name);
      const { value, untilMs } = JSON.parse(text) as { value: T; untilMs: number };
      return this.clock.now() < untilMs ? value : null;
    } catch {
      return null;
    }
  }
}
