import type { AuthenticatedKey } from '../../keys/authenticated-key';
import type { Route } from '../../models/route';
import type { CallSnapshot } from '../../domain/ledger/call-ask';
import type { LimitStanding } from '../../domain/ledger/verdict';
import type { Money } from '../../domain/money/money';
import type { PriceRule } from '../../domain/pricing/choose-price';
import type { PricingContext } from '../../domain/pricing/pricing-context';
import type { Usage } from '../../domain/usage/usage';
import type { FormPart } from '../../platform/http/form';
import type { UpstreamResponse } from '../../platform/http/upstream-client';
import type { CallAddress, CallRequest, Operation, WireFormat } from '../providers/provider';

/** A request as it came in, its body read but nothing of it believed. */
export interface ReceivedCall {
  readonly callId: string;
  readonly format: WireFormat;
  readonly operation: Operation;
  /** The route that took it, such as "/v1/chat/completions". */
  readonly endpoint: string;
  /** What its address says of the call, beside the path. */
  readonly address: CallAddress;
  readonly body: string;
  /** A form as it came, in place of a body; null where the body is text. */
  readonly upload: Upload | null;
  readonly receivedAtMs: number;
  readonly header: (name: string) => string | undefined;
}

/** The bytes of a form, and the content type with its boundary. */
export interface Upload {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** Who pays: a virtual key, or the administrator. */
export type Caller =
  /** `hidesAmounts`: its holder is to learn no amounts. */
  | { readonly kind: 'KEY'; readonly key: AuthenticatedKey; readonly hidesAmounts: boolean }
  | { readonly kind: 'MASTER' };

/** Whether nothing that goes to the client may tell what is spent or may be spent. */
export function hidesAmounts({ caller }: { readonly caller: Caller }): boolean {
  return caller.kind === 'KEY' && caller.hidesAmounts;
}

export interface AuthenticatedCall extends ReceivedCall {
  readonly caller: Caller;
  /** The parsed body, and what the format reads from it. */
  readonly json: unknown;
  /** The parts of the form that came in place of a body; null where there was none. */
  readonly form: readonly FormPart[] | null;
  readonly request: CallRequest;
  /** Set when a limit had no room for the model that the client asked for, and `request` names another. */
  readonly fallback: Fallback | null;
  /** Set when attempts went before this one. */
  readonly failover?: Failover;
  /** Input tokens that a dry run is to assume in place of those of a body; absent for calls. */
  readonly assumedInputTokens?: number;
}

/** What was tried before for the same request of a client. */
export interface Failover {
  /** Attempts beyond the first of each model. */
  readonly retries: number;
  /** Those of the present model. */
  readonly retriesOfModel: number;
  /** Deployments that are out of the question. */
  readonly avoid: ReadonlySet<string>;
  /** The models that were asked, the client's own first; empty as long as it is the only one. */
  readonly models: readonly string[];
  /** An earlier attempt keeps the client's Idempotency-Key, so this one goes without. */
  readonly isWithoutKey: boolean;
}

export const NO_FAILOVER: Failover = {
  retries: 0,
  retriesOfModel: 0,
  avoid: new Set(),
  models: [],
  isWithoutKey: false,
};

export interface Fallback {
  /** The model that the client asked for. */
  readonly from: string;
  /** Models that were asked for since, the present one included. */
  readonly attempts: number;
}

/** Where it goes, what it costs per unit, and the most that it can use. */
export interface PricedCall extends AuthenticatedCall {
  readonly route: Route;
  /** Null only where calls without a price are let through. */
  readonly price: PriceRule | null;
  readonly pricingContext: PricingContext;
  readonly bound: CallBound;
  /** How long it may take before it is given up, from its admission. Absent: as long as every call. */
  readonly deadlineMs?: number;
}

export interface CallBound {
  readonly inputTokens: number;
  /** Each thing that the request points to without telling its size, in words. */
  readonly unbounded: readonly string[];
  /** Those of the input tokens that stand for what the request does not hold, such as a stored conversation: no count lowers them. */
  readonly unboundedInputTokens: number;
  /** All answers together. */
  readonly outputTokens: number;
  /** What is billed by the piece beside tokens, such as searches of the web, and requests where there are several. */
  readonly counts: Usage;
  /**
   * The bound of one answer that has to be written into the request: because the client set none, or because a limit
   * lowered it. Null when the client's own stands.
   */
  readonly writtenOutputBound: number | null;
  readonly hold: Money;
  /**
   * Set where only part of the output is held, the first slice of so many tokens: more is held as it comes, up to the bound
   * that was written into the request.
   */
  readonly sliceTokens?: number;
}

export interface ReservedCall extends PricedCall {
  /** Whom and what it is booked to. */
  readonly snapshot: CallSnapshot;
  readonly admittedAtMs: number;
  /** What the key had spent in all when the call was admitted; null when it was let through without the database. */
  readonly keySpend: Money | null;
  /** The limits on its path as they stood when it was admitted. */
  readonly standings: readonly LimitStanding[];
  /** Those of them that only warn or observe and had no room for it. */
  readonly exceeded: readonly LimitStanding[];
}

export interface ForwardedCall extends ReservedCall {
  readonly upstream: UpstreamResponse;
}
