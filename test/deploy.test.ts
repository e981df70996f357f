import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { parse } from 'yaml';
import { describeSettings, loadConfig } from '../src/platform/config';

interface EnvironmentEntry {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

interface Container {
  readonly env: readonly EnvironmentEntry[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext: object;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly startupProbe: Probe;
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Deployment {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly terminationGracePeriodSeconds: number;
        readonly securityContext: object;
        readonly containers: readonly [Container];
      };
    };
  };
}

interface Compose {
  readonly services: {
    readonly spendgraph: {
      readonly environment: Readonly<Record<string, string>>;
      readonly stop_grace_period: string;
      readonly read_only: boolean;
    };
  };
}

const settings = describeSettings();
const known = new Set(settings.flatMap((row) => [row.name, ...row.aliases]));
const drainMs = Number(settings.find((row) => row.name === 'SPENDGRAPH_DRAIN_TIMEOUT_MS')?.default);
const dockerfile = read('deploy/Dockerfile');
const compose = parse(read('deploy/compose.yaml')) as Compose;
const deployment = parse(read('deploy/kubernetes/deployment.yaml')) as Deployment;
const pod = deployment.spec.template.spec;
const [container] = pod.containers;

describe('the image', () => {
  it('copies only what the repository has and what the ignore file lets through', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      (m) => m[1]?.split(' ') ?? [],
    );
    const passed = read('deploy/Dockerfile.dockerignore').match(/(?<=^!).+$/gm);
    expect(copied.length).toBeGreaterThan(4);
    expect(copied.filter((path) => !existsSync(path))).toEqual([]);
    expect([...copied].sort()).toEqual(passed?.sort());
  });

  it('runs what `npm run build` makes, not as root, and gets the signals itself', () => {
    expect(dockerfile).toMatch(/^ENTRYPOINT \["node", "dist\/src\/main\.js"\]$/m);
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
    expect(read('package.json')).toContain('exec node dist/src/main.js');
  });

  it('sets only settings that there are', () => {
    const set = [...dockerfile.matchAll(/^(?:ENV| {4})\s*([A-Z_]+)=/gm)].map((m) => m[1] ?? '');
    expect(set).toContain('SPENDGRAPH_DATA_DIR');
    expect(set.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the compose file', () => {
  const { spendgraph } = compose.services;

  it('sets only settings that there are', () => {
    expect(Object.keys(spendgraph.environment).filter((name) => !known.has(name))).toEqual([]);
  });

  it('waits for the drain before it kills, on a root that nothing can write to', () => {
    expect(parseInt(spendgraph.stop_grace_period, 10) * 1_000).toBeGreaterThan(drainMs + 10_000);
    expect(spendgraph.read_only).toBe(true);
  });
});

describe('the manifests', () => {
  it('are all listed for kustomize', () => {
    const { resources } = parse(read('deploy/kubernetes/kustomization.yaml')) as { resources: string[] };
    const files = readdirSync('deploy/kubernetes').filter(
      (name) => !['kustomization.yaml', 'config.yaml'].includes(name),
    );
    expect(resources.sort()).toEqual(files.sort());
  });

  it("take the master key and the database from the secret that LiteLLM's users have", () => {
    const secrets = new Map(container.env.map(({ name, valueFrom }) => [name, valueFrom?.secretKeyRef]));
    expect(secrets.get('LITELLM_MASTER_KEY')).toEqual({ name: 'litellm-secrets', key: 'master-key' });
    expect(secrets.get('DATABASE_URL')).toEqual({ name: 'litellm-secrets', key: 'database-url' });
    expect(secrets.get('SPENDGRAPH_SALT_KEY')).toBeDefined();
  });

  it('set only settings that there are', () => {
    expect(container.env.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  });

  it('wait for the drain before they kill', () => {
    expect(pod.terminationGracePeriodSeconds * 1_000).toBeGreaterThan(drainMs + 10_000);
  });

  it('run as the user of the image, without rights that the server does not need', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('probe the routes that tell of life and readiness, on the port that is listened on', () => {
    expect(container.livenessProbe.httpGet).toEqual({ path: '/health/liveliness', port: 'http' });
    expect(container.startupProbe.httpGet).toEqual({ path: '/health/liveliness', port: 'http' });
    expect(container.readinessProbe.httpGet).toEqual({ path: '/health/readiness', port: 'http' });
    expect(container.ports).toEqual([{ name: 'http', containerPort: 4000 }]);
    expect(dockerfile).toMatch(/PORT=4000/);
  });

  it('bring a configuration that starts a server reachable from outside, without a warning', () => {
    const config = loadConfig({
      HOST: '0.0.0.0',
      SPENDGRAPH_CONFIG: 'deploy/kubernetes/config.yaml',
      SPENDGRAPH_DATA_DIR: '.spendgraph',
      SPENDGRAPH_SALT_KEY: '3f1c9a0e7b5d2846c1a9e0f7d3b58264',
      LITELLM_MASTER_KEY: 'sk-9f2b7c4e1a8d5036b7e4c1f9a2d85036',
      DATABASE_URL: 'postgresql://user:password@database:5432/spendgraph',
    });
    expect(config.warnings).toEqual([]);
    expect(config.database.url).toBe('postgresql://user:password@database:5432/spendgraph');
  });
});

function read(path: string): string {
  return readFileSync(path, 'utf8');
}
