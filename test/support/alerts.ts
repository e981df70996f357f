import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { DataSource } from 'typeorm';

/** Columns of an alert to insert; what is left out is as in the one below. */
export interface AlertRow {
  readonly id: string;
  readonly rule_id: string;
  readonly kind: string;
  readonly severity: string;
  readonly organization_id: string | null;
  readonly team_id: string | null;
  readonly user_id: string | null;
  readonly key_id: string | null;
  readonly scope: string;
  readonly scope_id: string;
  readonly threshold: string | null;
  readonly window_end: Date | null;
  readonly subject: string;
  readonly title: string;
  readonly message: string;
  readonly details: object;
  readonly dedupe_key: string;
  readonly raised_at: Date;
  readonly held_until: Date | null;
  readonly digest_at: Date | null;
}

/** Raises an alert as a settlement does: its row and that of the outbox in one transaction. Returns its id. */
export async function raiseAlert(
  db: Pick<DataSource, 'query'>,
  change: Partial<AlertRow> = {},
): Promise<string> {
  const id = `alert_${randomUUID()}`;
  const row: AlertRow = {
    id,
    rule_id: 'rule_default_threshold',
    kind: 'THRESHOLD',
    severity: 'WARNING',
    organization_id: 'org_default',
    team_id: null,
    user_id: null,
    key_id: null,
    scope: 'ORGANIZATION',
    scope_id: 'org_default',
    threshold: '80',
    window_end: null,
    subject: 'organization Default',
    title: '80 % of the limit of organization Default is used',
    message: '80 of 100 USD are spent.',
    details: { unit: 'USD', spent: '80', limit: '100' },
    dedupe_key: `test|${id}`,
    raised_at: new Date('2026-11-24T12:00:00Z'),
    held_until: null,
    digest_at: null,
    ...change,
  };
  const columns = Object.keys(row).join(', ');
  await db.query(
    `WITH raised AS (
       INSERT INTO alerts (${columns}) SELECT ${columns} FROM jsonb_populate_record(NULL::alerts, $1::jsonb) RETURNING id)
     INSERT INTO alert_outbox (alert_id, created_at) SELECT id, now() FROM raised`,
    [JSON.stringify(row)],
  );
  return row.id;
}

/** A mail server on the loopback that keeps what it is sent. */
export interface MailServer {
  readonly port: number;
  readonly mails: ParsedMail[];
  /** Refuses the next mails with this status, or takes them again with null. */
  refuse(status: number | null): void;
  close(): Promise<void>;
}

export async function startMailServer(login: { user: string; pass: string }): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  let refusal: number | null = null;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => {
      if (username === login.user && password === login.pass) done(null, { user: username });
      else done(new Error('Invalid username or password'));
    },
    onData: (stream, _session, done) => {
      void simpleParser(stream).then((mail) => {
        if (refusal !== null) {
          done(Object.assign(new Error('Try again later'), { responseCode: refusal }));
          return;
        }
        mails.push(mail);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    refuse: (status) => (refusal = status),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
