import { closestName } from './closest-name';
import type { Problems } from './problems';
import type { Setting } from './setting';
import { SETTINGS, type SettingName, type SettingValues } from './settings';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment above the variables that the file sets; an empty variable counts as not set. */
export function overlay(variables: Readonly<Record<string, string>>, environment: Environment): Environment {
  const set = Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== '');
  return { ...variables, ...Object.fromEntries(set) };
}

export interface ReadSettings {
  readonly values: SettingValues;
  /** Whether the environment names it, so that the configuration file doesn't count. */
  readonly isSet: (name: SettingName) => boolean;
}

const PREFIX = 'SPENDGRAPH_';

/** What Kubernetes adds to the environment of pods beside a service named "spendgraph". */
const KUBERNETES_SERVICE =
  /^SPENDGRAPH_(?:SERVICE_(?:HOST|PORT)(?:_\w+)?|PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)$/;

/** Reads every setting and refuses SPENDGRAPH_ variables that are none: a misspelt one would be no setting at all. */
export function readSettings(
  environment: Environment,
  ownNames: ReadonlySet<string>,
  problems: Problems,
): ReadSettings {
  const values: Record<string, unknown> = {};
  const given = new Set<string>();
  for (const [name, setting] of Object.entries<Setting<unknown>>(SETTINGS)) {
    values[name] = setting.default;
    const names = [name, ...setting.aliases].filter((each) => (environment[each]?.trim() ?? '') !== '');
    const [used, ...others] = names;
    if (used === undefined) continue;
    given.add(name);
    const text = environment[used]?.trim() ?? '';
    for (const other of others) {
      if (environment[other]?.trim() !== text) problems.warn(`${used} and ${other} differ; ${used} counts.`);
    }
    const parsed = setting.kind.parse(text);
    if (parsed.ok) values[name] = parsed.value;
    else problems.error(`${used} ${parsed.error}.`);
  }
  refuseUnknown(environment, ownNames, problems);
  return { values: values as SettingValues, isSet: (name) => given.has(name) };
}

function refuseUnknown(environment: Environment, ownNames: ReadonlySet<string>, problems: Problems): void {
  const known = Object.keys(SETTINGS);
  for (const name of Object.keys(environment)) {
    if (!name.startsWith(PREFIX) || known.includes(name) || ownNames.has(name)) continue;
    if (KUBERNETES_SERVICE.test(name)) continue;
    const suggestion = suggest(name, known);
    const hint =
      suggestion === undefined ? 'Remove it, or see --help for the settings' : `Did you mean ${suggestion}`;
    problems.error(`${name} is not a setting. ${hint}${suggestion === undefined ? '.' : '?'}`);
  }
}

/** Compares what follows our prefix, which is the same in all and would make any two names look alike. */
function suggest(name: string, known: readonly string[]): string | undefined {
  const ours = known.filter((each) => each.startsWith(PREFIX)).map((each) => each.slice(PREFIX.length));
  const closest = closestName(name.slice(PREFIX.length), ours);
  return closest === undefined ? undefined : PREFIX + closest;
}
