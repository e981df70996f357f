import { Client } from 'pg';
import { createListener, type Listener } from '../../src/platform/database/listen';
import { createEmptyDatabase, type TestDatabase } from '../support/database';

describe('createListener', () => {
  let database: TestDatabase;
  let admin: Client;
  let listener: Listener;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    admin = new Client({ connectionString: database.url });
    await admin.connect();
    listener = createListener(database.url, false);
  });

  afterEach(async () => {
    await listener.close();
    await admin.end();
    await database.drop();
  });

  function nextOn(channel: string): Promise<string> {
    return new Promise((resolve) => {
      const stop = listener.on(channel, (payload) => {
        stop();
        resolve(payload);
      });
    });
  }

  function nextReconnection(): Promise<void> {
    return new Promise((resolve) => {
      listener.onReconnect(resolve);
    });
  }

  async function endListenersSession(): Promise<void> {
    const { rowCount } = await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'spendgraph listener' AND datname = current_database()`,
    );
    expect(rowCount).toBe(1);
  }

  it('hands a notification to the handlers of its channel alone', async () => {
    const heard: string[] = [];
    listener.on('other', (payload) => heard.push(payload));
    const received = nextOn('Keys "and" more');
    await listener.ready();
    await admin.query(`SELECT pg_notify('Keys "and" more', 'key_1')`);
    await expect(received).resolves.toBe('key_1');
    expect(heard).toEqual([]);
  });

  it('listens again and says so after the server ends its session', async () => {
    const received = nextOn('keys');
    const reconnected = nextReconnection();
    await listener.ready();
    await endListenersSession();
    await reconnected;
    await admin.query(`SELECT pg_notify('keys', 'after')`);
    await expect(received).resolves.toBe('after');
  });

  it('does not announce the first connection as a reconnection', async () => {
    let reconnections = 0;
    listener.onReconnect(() => (reconnections += 1));
    await listener.ready();
    expect(reconnections).toBe(0);
    await endListenersSession();
    await nextReconnection();
    expect(reconnections).toBe(1);
  });

  it('keeps trying while the server refuses, and a failed first attempt counts as missed notifications', async () => {
    const later = new URL(database.url);
    later.pathname += '_later';
    const name = later.pathname.slice(1);
    await listener.close();
    const refused = new Promise<void>((resolve) => {
      const log = { debug: noop, info: noop, error: noop, warn: () => resolve() };
      listener = createListener(later.href, false, { log, maxPauseMs: 50 });
    });
    await refused;
    const reconnected = nextReconnection();
    await admin.query(`CREATE DATABASE ${name}`);
    await reconnected;
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
});

function noop(): void {}
