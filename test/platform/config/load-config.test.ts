import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConfigError,
  describeSettings,
  loadConfig,
  type Config,
  type Environment,
} from '../../../src/platform/config';

describe('loadConfig', () => {
  let folder: string;
  const strongKey = 'sk-0123456789abcdefghij';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spendgraph-config-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function load(environment: Environment = {}): Config {
    return loadConfig({ SPENDGRAPH_DATA_DIR: folder, ...environment });
  }

  function problemsOf(environment: Environment): readonly string[] {
    try {
      load(environment);
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
    throw new Error('The configuration was accepted.');
  }

  it('listens on loopback port 4000 with an embedded database when nothing is set', () => {
    const config = load();
    expect(config.http).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      isLoopback: true,
      servesGraphiql: false,
    });
    expect(config.database).toEqual({ url: null, listenUrl: null, ssl: false, poolSize: 10 });
    expect(config).toMatchObject({ mode: 'production', providers: [], models: [] });
  });

  it('is frozen however deep', () => {
    const config = load({ OPENAI_API_KEY: 'sk-x' });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.http.corsOrigins)).toBe(true);
    expect(Object.isFrozen(config.providers[0])).toBe(true);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(load({ PORT: '', DATABASE_URL: ' ' }).http.port).toBe(4000);
  });

  it('lists every problem at once, each with its variable', () => {
    const problems = problemsOf({
      PORT: '70000',
      NODE_ENV: 'staging',
      SPENDGRAPH_GRAPHIQL: 'maybe',
      SPENDGRAPH_TRUSTED_PROXIES: '10.0.0.0/8, 10.0.0.0/33',
      SPENDGRAPH_CORS_ORIGINS: 'https://example.com/path',
      SPENDGRAPH_TIMEZONE: 'Europe/Atlantis',
    });
    expect(problems).toEqual([
      expect.stringMatching(/^PORT is "70000"; write a whole number from 0 to 65535/),
      expect.stringMatching(/^NODE_ENV is "staging"; write one of production, development, test/),
      expect.stringMatching(/^SPENDGRAPH_GRAPHIQL is "maybe"; write true or false/),
      expect.stringMatching(/^SPENDGRAPH_CORS_ORIGINS holds "https:\/\/example.com\/path"/),
      expect.stringMatching(/^SPENDGRAPH_TRUSTED_PROXIES holds "10.0.0.0\/33"/),
      expect.stringMatching(/^SPENDGRAPH_TIMEZONE is "Europe\/Atlantis"/),
    ]);
  });

  it('refuses a misspelt variable of ours and names the one that was meant', () => {
    expect(problemsOf({ SPENDGRAPH_MASTRE_KEY: strongKey })).toEqual([
      'SPENDGRAPH_MASTRE_KEY is not a setting. Did you mean SPENDGRAPH_MASTER_KEY?',
    ]);
    expect(problemsOf({ SPENDGRAPH_COFFEE: 'yes' })[0]).toMatch(
      /^SPENDGRAPH_COFFEE is not a setting\. Remove it/,
    );
  });

  it('leaves alone what Kubernetes adds beside a service named spendgraph', () => {
    const config = load({
      SPENDGRAPH_SERVICE_HOST: '10.0.0.1',
      SPENDGRAPH_SERVICE_PORT_HTTP: '4000',
      SPENDGRAPH_PORT: 'tcp://10.0.0.1:4000',
      SPENDGRAPH_PORT_4000_TCP_ADDR: '10.0.0.1',
    });
    expect(config.http.port).toBe(4000);
  });

  it('documents every setting with a type, a default and a meaning', () => {
    const rows = describeSettings();
    expect(rows.map(({ name }) => name)).toContain('DATABASE_URL');
    for (const row of rows) {
      expect(row.meaning).toMatch(/\.$/);
      expect(row.type).not.toBe('');
      expect(row.default).not.toBe('');
    }
  });

  describe('master key', () => {
    it('is generated once, kept where only its owner can read it, and used again', () => {
      const first = load().masterKey;
      expect(first).toMatchObject({ source: 'NEW', file: join(folder, 'master-key'), maySpend: false });
      expect(first.value).toMatch(/^sk-[\w-]{32}$/);
      expect(statSync(join(folder, 'master-key')).mode & 0o777).toBe(0o600);
      expect(load().masterKey).toEqual({ ...first, source: 'STORED' });
    });

    it('is closed again to others when its file was opened to them', () => {
      load();
      chmodSync(join(folder, 'master-key'), 0o644);
      load();
      expect(statSync(join(folder, 'master-key')).mode & 0o777).toBe(0o600);
    });

    it('comes from either variable, ours first', () => {
      expect(load({ LITELLM_MASTER_KEY: strongKey }).masterKey).toMatchObject({
        value: strongKey,
        source: 'SETTING',
      });
      const both = load({ SPENDGRAPH_MASTER_KEY: strongKey, LITELLM_MASTER_KEY: `${strongKey}2` });
      expect(both.masterKey.value).toBe(strongKey);
      expect(both.warnings).toContain(
        'SPENDGRAPH_MASTER_KEY and LITELLM_MASTER_KEY differ; SPENDGRAPH_MASTER_KEY counts.',
      );
    });

    it.each(['127.0.0.1', 'localhost', '::1', '127.8.0.1'])('may be weak on %s, with a warning', (host) => {
      const config = load({ HOST: host, SPENDGRAPH_MASTER_KEY: 'sk-1234' });
      expect(config.warnings[0]).toMatch(
        /^The master key is easy to guess.*accepted because HOST is loopback/,
      );
    });

    it.each(['0.0.0.0', '::', '10.1.2.3', 'example.com'])(
      'may not be weak on %s, and the message says why',
      (host) => {
        const problems = problemsOf({ HOST: host, SPENDGRAPH_MASTER_KEY: 'sk-1234' });
        expect(problems[0]).toMatch(
          /^The master key is easy to guess.*refused.*openssl rand -hex 16.*HOST=127\.0\.0\.1/,
        );
      },
    );

    it('counts letters that repeat as weak', () => {
      expect(problemsOf({ HOST: '0.0.0.0', SPENDGRAPH_MASTER_KEY: `sk-${'ab'.repeat(20)}` })).toHaveLength(1);
      expect(load({ HOST: '0.0.0.0', SPENDGRAPH_MASTER_KEY: strongKey }).masterKey.value).toBe(strongKey);
    });

    it('is refused when no header could carry it', () => {
      expect(problemsOf({ SPENDGRAPH_MASTER_KEY: 'sk-with spaces and ümlauts' })[0]).toMatch(
        /no HTTP header can carry/,
      );
    });

    it('is not written when another setting is wrong', () => {
      problemsOf({ PORT: 'x' });
      expect(() => statSync(join(folder, 'master-key'))).toThrow('ENOENT');
    });

    it('names the setting when the generated one cannot be kept', () => {
      writeFileSync(join(folder, 'file'), '');
      const problems = problemsOf({ SPENDGRAPH_DATA_DIR: join(folder, 'file', 'below') });
      expect(problems[0]).toMatch(
        /^SPENDGRAPH_MASTER_KEY is not set, and the generated one cannot be kept in/,
      );
    });
  });

  describe('salt', () => {
    it('is generated with a warning that names its file', () => {
      const config = load();
      expect(config.salt).toEqual({
        value: readFileSync(join(folder, 'salt-key'), 'utf8').trim(),
        source: 'NEW',
      });
      expect(config.warnings.join()).toContain(join(folder, 'salt-key'));
    });

    it('comes from a setting without a warning', () => {
      const config = load({ LITELLM_SALT_KEY: strongKey });
      expect(config.salt).toEqual({ value: strongKey, source: 'SETTING' });
      expect(config.warnings).toEqual([]);
    });
  });

  describe('database', () => {
    it.each([
      ['postgres://u:p@db/x', {}, false],
      ['postgres://u:p@db/x?sslmode=require', {}, { rejectUnauthorized: false }],
      ['postgres://u:p@db/x?sslmode=verify-full', {}, { rejectUnauthorized: true }],
      ['postgres://u:p@db/x?sslmode=verify-full', { SPENDGRAPH_DB_SSL: 'disable' }, false],
    ])('reads %s with %j as TLS %j and keeps TLS out of the address', (url, environment, ssl) => {
      const { database } = load({ DATABASE_URL: url, ...environment });
      expect(database).toMatchObject({ url: 'postgres://u:p@db/x', ssl });
    });

    it('checks the authority but not the host name in verify-ca, with the authorities of the file', () => {
      const file = join(folder, 'ca.pem');
      writeFileSync(file, 'certificates');
      const { ssl } = load({
        DATABASE_URL: 'postgres://db/x',
        SPENDGRAPH_DB_SSL: 'verify-ca',
        SPENDGRAPH_DB_SSL_CA_FILE: file,
      }).database;
      expect(ssl).toMatchObject({ rejectUnauthorized: true, ca: 'certificates' });
      expect(ssl).toHaveProperty('checkServerIdentity');
    });

    it('refuses a mode that may or may not encrypt', () => {
      expect(problemsOf({ DATABASE_URL: 'postgres://db/x?sslmode=prefer' })[0]).toMatch(/sslmode=prefer/);
    });

    it('does not repeat a password when the address is wrong', () => {
      for (const url of ['postgres://user:pass/word@host/x', 'postgres://user:pass#word@host/x']) {
        const [problem] = problemsOf({ DATABASE_URL: url });
        expect(problem).toMatch(/^DATABASE_URL is not a URL.*percent-encoded/);
        expect(problem).not.toContain('word@');
      }
      expect(problemsOf({ DATABASE_URL: 'mysql://user:secret@host/x' })).toEqual([
        'DATABASE_URL must start with postgres://… or postgresql://….',
      ]);
    });
  });

  it('makes a provider available for each key in the environment', () => {
    const config = load({ ANTHROPIC_API_KEY: 'sk-ant', GEMINI_API_KEY: 'AIza' });
    expect(config.providers).toEqual([
      { name: 'anthropic', apiKey: 'sk-ant', baseUrl: 'https://api.anthropic.com' },
      { name: 'gemini', apiKey: 'AIza', baseUrl: 'https://generativelanguage.googleapis.com' },
    ]);
  });

  it('offers the demo model on loopback alone unless told otherwise', () => {
    expect(load().spending.offersDemoModel).toBe(true);
    expect(load({ HOST: '0.0.0.0' }).spending.offersDemoModel).toBe(false);
    expect(load({ HOST: '0.0.0.0', SPENDGRAPH_DEMO_MODEL: 'true' }).spending.offersDemoModel).toBe(true);
  });

  describe('with a configuration file', () => {
    function withFile(yaml: string, environment: Environment = {}): Environment {
      const path = join(folder, 'config.yaml');
      writeFileSync(path, yaml);
      return { SPENDGRAPH_CONFIG: path, ...environment };
    }

    it('lets the environment win and says so', () => {
      const yaml = `
general_settings:
  master_key: sk-abcdefghijklmnopqrstuvwxyz
  database_url: postgres://file/x
litellm_settings:
  timezone: Europe/Rome
  block_requests_for_models_without_pricing: false
`;
      const fromFile = load(withFile(yaml));
      expect(fromFile.masterKey.value).toBe('sk-abcdefghijklmnopqrstuvwxyz');
      expect(fromFile.database.url).toBe('postgres://file/x');
      expect(fromFile.spending).toMatchObject({
        timezone: 'Europe/Rome',
        unpriced: { refuses: false, isFixed: false },
      });

      const environment = {
        DATABASE_URL: 'postgres://env/x',
        SPENDGRAPH_TIMEZONE: 'UTC',
        SPENDGRAPH_UNPRICED_MODELS: 'refuse',
      };
      const overridden = load(withFile(yaml, environment));
      expect(overridden.database.url).toBe('postgres://env/x');
      expect(overridden.spending).toMatchObject({
        timezone: 'UTC',
        unpriced: { refuses: true, isFixed: true },
      });
      expect(overridden.warnings).toContain(
        'DATABASE_URL and general_settings.database_url of the configuration file differ; the environment counts.',
      );
    });

    it('refuses a weak master key from the file just as one from the environment', () => {
      const environment = withFile('general_settings: {master_key: sk-1234}', { HOST: '0.0.0.0' });
      expect(problemsOf(environment)[0]).toMatch(/^The master key is easy to guess/);
    });

    it('takes settings from environment_variables below those of the environment', () => {
      const yaml = 'environment_variables:\n  OPENAI_API_KEY: sk-file\n  GEMINI_API_KEY: AIza-file\n';
      const keys = load(withFile(yaml, { OPENAI_API_KEY: 'sk-env' })).providers.map(({ apiKey }) => apiKey);
      expect(keys).toEqual(['sk-env', 'AIza-file']);
    });

    it('does not take a variable that the file refers to for a misspelt setting', () => {
      const yaml = 'general_settings: {master_key: os.environ/SPENDGRAPH_PROD_ADMIN}';
      const config = load(withFile(yaml, { SPENDGRAPH_PROD_ADMIN: strongKey }));
      expect(config.masterKey.value).toBe(strongKey);
    });

    it('names a file that is not there', () => {
      expect(problemsOf({ SPENDGRAPH_CONFIG: join(folder, 'none.yaml') })[0]).toMatch(
        /none\.yaml, which cannot be read/,
      );
    });
  });
});
