import type { AlertSeverity } from './alert-message';

/** Something that a rule may raise an alert about. `{subject}` in its texts becomes the name of what it concerns. */
export interface Finding {
  readonly scope: string;
  readonly scopeId: string;
  readonly limitId?: string;
  readonly windowStart?: Date;
  readonly windowEnd?: Date;
  readonly severity: AlertSeverity;
  readonly title: string;
  readonly message: string;
  /** Amounts as decimal text. */
  readonly details: Readonly<Record<string, unknown>>;
  /** What stays the same from one occasion to the next: the rule's cooldown goes by it. */
  readonly topic: string;
  /** Told once for each; null for whenever the cooldown is over. */
  readonly occasion: string | null;
}
