import { createTransport } from 'nodemailer';

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  readonly username: string | null;
  readonly password: string | null;
  /** Whose mail it is, such as `alerts@example.com`. */
  readonly sender: string;
  /** Whether mail is refused to a server that does not encrypt. */
  readonly requiresTls: boolean;
}

export interface Mail {
  /** The same at every attempt, so that a mailbox can tell a repetition. */
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The port on which a server speaks TLS from the first byte (RFC 8314); on all others it begins with STARTTLS. */
const TLS_PORT = 465;

/** Mail by one SMTP server. A connection lasts as long as a mail. */
export class Mailer {
  private readonly transport;

  constructor(
    private readonly settings: SmtpSettings,
    timeoutMs: number,
  ) {
    const { host, port, username, password, requiresTls } = settings;
    this.transport = createTransport({
      host,
      port,
      secure: port === TLS_PORT,
      requireTLS: requiresTls && port !== TLS_PORT,
      ignoreTLS: !requiresTls,
      ...(username === null ? {} : { auth: { user: username, pass: password ?? '' } }),
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      // What a mail holds comes from alerts: it must never be read as the name of a file or of a page.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /** Throws when the server did not take the mail; `mailFault` says why. */
  async send({ id, to, subject, text, html }: Mail): Promise<void> {
    const { sender } = this.settings;
    const messageId = `<${id}@${sender.split('@').at(-1)?.replace(/>$/, '') ?? 'spendgraph'}>`;
    // As objects: an address that was text could be read as several.
    const addresses = to.map((address) => ({ name: '', address }));
    await this.transport.sendMail({ from: sender, to: addresses, subject, text, html, messageId });
  }
}

/** Why a mail was not sent: the code of the library and of the server's answer, which hold no address and no password. */
export function mailFault(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
  const status =
    'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null;
  return status === null ? code : `${code}, SMTP ${status}`;
}
