/** Something that answers chats, directly or on the way to the mock provider. */
export interface Target {
  readonly name: TargetName;
  /** Address of its chat completions. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The process whose CPU and memory count as its own; what that started is counted apart. */
  readonly pid: number;
  /** Waits until it owes nothing for the calls it has answered. Resolves with how long that took. */
  settle(): Promise<number>;
  stop(): Promise<void>;
}

export const TARGET_NAMES = ['direct', 'bare-proxy', 'peer', 'spendgraph'] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

/** For a target that has done its work when it has answered. */
export const NOTHING_OWED = (): Promise<number> => Promise.resolve(0);
export const CHAT_PATH = '/v1/chat/completions';
