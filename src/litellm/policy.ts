import { z } from 'zod';
import { parseMoney } from '../domain/money/decimal-text';
import type { ConfiguredMembers, KeyGeneration, ManagementConfig, Problems } from '../platform/config';
import { BUDGET_SHAPE } from './budget.schema';
import { GENERATE_KEY, type GenerateKeyInput } from './key.schema';
import { readMembers, type InputMembers } from './members';
import { NEW_TEAM, type NewTeamInput } from './team.schema';
import { NEW_USER, type NewUserInput } from './user.schema';

const { max_budget, budget_duration, tpm_limit, rpm_limit, max_parallel_requests } = BUDGET_SHAPE;

const KEY_BOUNDS = {
  schema: z.object({
    ...{ max_budget, budget_duration, tpm_limit, rpm_limit, max_parallel_requests },
    duration: GENERATE_KEY.schema.shape.duration,
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export type KeyBounds = z.output<typeof KEY_BOUNDS.schema>;

/** What the configuration file says of keys, teams and users that are made under LiteLLM's names. */
export interface ManagementPolicy {
  readonly keyDefaults: Partial<GenerateKeyInput>;
  /** No key may have more than this. */
  readonly keyBounds: KeyBounds;
  readonly teamKeys: KeyGeneration;
  readonly personalKeys: KeyGeneration;
  readonly userDefaults: Partial<NewUserInput>;
  readonly teamDefaults: Partial<NewTeamInput>;
  /** The budget of each customer who has none of its own; null: none. */
  readonly customerBudgetId: string | null;
}

/** Reads the members as a request with them would be, and names the line of what is wrong. */
export function readPolicy(config: ManagementConfig, problems: Problems): ManagementPolicy {
  const { customerBudgetId, teamKeys, personalKeys } = config;
  return {
    ...{ customerBudgetId, teamKeys, personalKeys },
    keyDefaults: readConfigured(GENERATE_KEY, config.keyDefaults, problems),
    keyBounds: readConfigured(KEY_BOUNDS, config.keyBounds, problems),
    userDefaults: readConfigured(NEW_USER, config.userDefaults, problems),
    teamDefaults: readConfigured(NEW_TEAM, config.teamDefaults, problems),
  };
}

interface MaySharing {
  readonly budget_id?: string | null | undefined;
}

/**
 * What a request says, and what the file says where it says nothing. Whoever names a budget to share gets no other by
 * default: a limit of its own would take the place of the shared one.
 */
export function withDefaults<Input extends MaySharing>(input: Input, defaults: Partial<Input>): Input {
  const isOfBudget = (name: string): boolean => input.budget_id != null && Object.hasOwn(BUDGET_SHAPE, name);
  return filled(input, defaults, (name) => !isOfBudget(name));
}

/** The input with each of these values that it says nothing of and that is to be filled. */
export function filled<Input extends object>(
  input: Input,
  values: Partial<Input>,
  isFilled: (name: string) => boolean,
): Input {
  const said = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
  const given = Object.entries(values).filter(([name]) => isFilled(name));
  return { ...input, ...Object.fromEntries(given), ...Object.fromEntries(said) };
}

function readConfigured<Shape extends z.ZodRawShape>(
  members: InputMembers<Shape>,
  { name, members: raw, lines }: ConfiguredMembers,
  problems: Problems,
): Partial<z.output<z.ZodObject<Shape>>> {
  const read = readMembers(members, raw);
  if (!read.ok) {
    const { param, message } = read.error;
    const line = lines[param?.split('.')[0] ?? ''];
    problems.error(`${line === undefined ? '' : `line ${line}: `}${name}: ${message}`);
    return {};
  }
  for (const each of read.value.ignored) {
    problems.warn(`line ${lines[each] ?? 0}: ${name}.${each} is not known and is ignored.`);
  }
  return read.value.input;
}

export function isAbove(asked: string, bound: string): boolean {
  const [a, b] = [parseMoney(asked), parseMoney(bound)];
  return a.ok && b.ok && a.value > b.value;
}
