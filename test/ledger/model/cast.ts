import type { Place, Scope } from './world';

/** Who takes part in one run. Every run has its own, so that runs share a database without meeting. */
export interface Cast {
  readonly run: string;
  readonly organizations: readonly [string, string];
  readonly teams: readonly [string, string];
  readonly project: string;
  readonly users: readonly [string, string];
  readonly keys: readonly CastKey[];
  readonly customers: readonly [string, string];
  readonly tags: readonly [string, string];
  readonly provider: string;
  readonly deployments: readonly [string, string];
  /** The first two differ in a character that a pattern of SQL would take for any. */
  readonly models: readonly [string, string, string];
  /** What the provider calls the first of the models. */
  readonly alias: string;
}

export interface CastKey {
  readonly id: string;
  readonly organization: string;
  readonly team: string | null;
  readonly project: string | null;
  readonly user: string | null;
}

export function castOf(run: string): Cast {
  const id = (name: string): string => `${run}-${name}`;
  const [home, away] = [id('home'), id('away')];
  const [red, blue] = [id('red'), id('blue')];
  const [ann, bob] = [id('ann'), id('bob')];
  const project = id('project');
  return {
    run,
    organizations: [home, away],
    teams: [red, blue],
    project,
    users: [ann, bob],
    keys: [
      { id: id('key0'), organization: home, team: red, project, user: ann },
      { id: id('key1'), organization: home, team: red, project: null, user: bob },
      { id: id('key2'), organization: home, team: blue, project: null, user: ann },
      { id: id('key3'), organization: away, team: null, project: null, user: null },
    ],
    customers: [id('customer0'), id('customer1')],
    tags: [id('tag0'), id('tag1')],
    provider: id('provider'),
    deployments: [id('deployment0'), id('deployment1')],
    models: [id('big_1'), id('bigx1'), id('small')],
    alias: id('vendor/big_1'),
  };
}

/** What limits can be set on, those that many calls share first. */
export function targetsOf(cast: Cast): { readonly scope: Scope; readonly scopeId: string }[] {
  const each = (scope: Scope, ids: readonly string[]): { scope: Scope; scopeId: string }[] =>
    ids.map((scopeId) => ({ scope, scopeId }));
  return [
    ...each('ORGANIZATION', cast.organizations),
    ...each('TEAM', cast.teams),
    ...each('KEY', [...cast.keys.map((key) => key.id)]),
    ...each('USER', cast.users),
    ...each('CUSTOMER', [
      ...cast.customers.map((customer) => `${cast.organizations[0]}/${customer}`),
      `${cast.organizations[1]}/${cast.customers[0]}`,
    ]),
    ...each('TAG', cast.tags),
    ...each('MODEL', [...cast.models, cast.alias]),
    ...each('SERVER', ['server']),
    ...each('PROJECT', [cast.project]),
    ...each('TEAM_MEMBER', [`${cast.teams[0]}/${cast.users[0]}`]),
    ...each('PROVIDER', [cast.provider]),
    ...each('DEPLOYMENT', cast.deployments),
  ];
}

/** The lists of models that a limit may be about. */
export function modelListsOf(cast: Cast): string[][] {
  return [[], [cast.models[0]], [`${cast.run}-big*`], [cast.models[1], cast.models[2]], [cast.alias]];
}

export interface PlaceShape {
  /** One past the last is no key at all. */
  readonly key: number;
  readonly customer: number | null;
  readonly tags: readonly number[];
  readonly deployment: number | null;
  readonly model: number;
}

export function keyOf(cast: Cast, shape: PlaceShape): CastKey | null {
  return cast.keys[shape.key] ?? null;
}

export function placeOf(cast: Cast, shape: PlaceShape): Place {
  const key = keyOf(cast, shape);
  const some = (id: string | null | undefined): string[] => (id == null ? [] : [id]);
  const member = key?.team != null && key.user !== null ? `${key.team}/${key.user}` : null;
  const organization = key?.organization ?? cast.organizations[0];
  const customer = shape.customer === null ? null : cast.customers[shape.customer];
  return {
    SERVER: ['server'],
    ORGANIZATION: [organization],
    TEAM: some(key?.team),
    PROJECT: some(key?.project),
    USER: some(key?.user),
    TEAM_MEMBER: some(member),
    KEY: some(key?.id),
    // Two organizations have customers of the same name.
    CUSTOMER: some(customer == null ? null : `${organization}/${customer}`),
    TAG: shape.tags.flatMap((tag) => some(cast.tags[tag])),
    PROVIDER: [cast.provider],
    DEPLOYMENT: some(shape.deployment === null ? null : cast.deployments[shape.deployment]),
    MODEL: shape.model === 0 ? [cast.models[0], cast.alias] : some(cast.models[shape.model]),
  };
}
