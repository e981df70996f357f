const MINUTE_MS = 60_000;
/** A provider that wants to be left alone for longer is asked again after this. */
const MAX_COOLDOWN_MS = MINUTE_MS;

export interface DeploymentFailure {
  readonly atMs: number;
  /** It said that it has too many calls: it is left alone at once. */
  readonly isOverloaded: boolean;
  /** How long it asked to be left alone; null when it did not say. */
  readonly retryAfterMs: number | null;
}

/** Which deployments failed so often that they are left alone for a while. Known to this process only. */
export class DeploymentHealth {
  private readonly failures = new Map<string, readonly number[]>();
  private readonly coolUntilMs = new Map<string, number>();

  constructor(private readonly settings: { readonly allowedFails: number; readonly cooldownMs: number }) {}

  /** Returns whether the deployment is left alone from now on. */
  noteFailure(deploymentId: string, { atMs, isOverloaded, retryAfterMs }: DeploymentFailure): boolean {
    const { allowedFails, cooldownMs } = this.settings;
    if (cooldownMs === 0) return false;
    const recent = (this.failures.get(deploymentId) ?? []).filter((each) => each > atMs - MINUTE_MS);
    if (!isOverloaded && recent.length + 1 <= allowedFails) {
      this.failures.set(deploymentId, [...recent, atMs]);
      return false;
    }
    this.failures.delete(deploymentId);
    const asked = isOverloaded ? Math.min(retryAfterMs ?? 0, MAX_COOLDOWN_MS) : 0;
    this.coolUntilMs.set(deploymentId, atMs + Math.max(cooldownMs, asked));
    return true;
  }

  isCooling(deploymentId: string, nowMs: number): boolean {
    const untilMs = this.coolUntilMs.get(deploymentId);
    if (untilMs === undefined) return false;
    if (untilMs > nowMs) return true;
    this.coolUntilMs.delete(deploymentId);
    return false;
  }
}
