import { boolean } from './setting-kinds';
import type { YamlReader } from './yaml-reader';

/** A setting of LiteLLM's whose one value is what this server does anyway. */
interface Needless {
  readonly section: 'litellm' | 'general';
  /** The value that changes nothing here. */
  readonly holds: boolean;
  /** Completes the sentence that begins with the setting and its other value. */
  readonly otherwise: string;
  /** Whether the other value would leave an operator without what the file asks for, so that the start is refused. */
  readonly isRefused?: boolean;
}

const BOOKED = 'cannot be: limits rest on what is booked, and nothing is let through that is not';

export const NEEDLESS: Readonly<Record<string, Needless>> = {
  turn_off_message_logging: {
    section: 'litellm',
    holds: true,
    otherwise: 'has no effect: prompts are never kept',
  },
  store_prompts_in_spend_logs: {
    section: 'general',
    holds: false,
    otherwise: 'has no effect: prompts are never kept',
  },
  drop_params: {
    ...{ section: 'litellm', holds: false },
    otherwise: 'has no effect: bodies go to the provider as they are, which refuses what it does not know',
  },
  include_cost_in_streaming_usage: {
    ...{ section: 'litellm', holds: false },
    otherwise: 'has no effect: a stream tells its cost in a comment before its end',
  },
  disable_add_user_agent_to_request_tags: {
    ...{ section: 'litellm', holds: true },
    otherwise: 'has no effect: user agents are never made tags',
  },
  fail_closed_budget_enforcement: {
    ...{ section: 'general', holds: true },
    otherwise: 'has no effect: set SPENDGRAPH_STORE_FAILURE, and storeFailure on limits',
  },
  disable_spend_logs: { section: 'general', holds: false, isRefused: true, otherwise: BOOKED },
  disable_spend_updates: { section: 'general', holds: false, isRefused: true, otherwise: BOOKED },
  disable_budget_reservation: { section: 'general', holds: false, isRefused: true, otherwise: BOOKED },
};

/** Says of each of them what its other value would be good for. The value that holds anyway is worth no word. */
export function checkNeedless(litellm: YamlReader, general: YamlReader): void {
  for (const [key, { section, holds, otherwise, isRefused = false }] of Object.entries(NEEDLESS)) {
    const reader = section === 'litellm' ? litellm : general;
    const value = reader.read(key, boolean);
    if (value === null || value === holds) continue;
    const message = `is ${String(value)}, which ${otherwise}`;
    if (isRefused) reader.error(key, message);
    else reader.context.problems.warn(`line ${reader.lineOf(key)}: ${reader.nameOf(key)} ${message}.`);
  }
}
