import type { TargetName } from './targets/target';

/** CPU time by whom it went to, in microseconds per answered request. */
export interface CpuPerRequest {
  readonly server: number;
  /** What the server started: PostgreSQL. */
  readonly database: number;
  readonly mock: number;
  readonly load: number;
}

/** One target at one number of connections in one round. */
export interface Sample {
  readonly target: TargetName;
  readonly connections: number;
  readonly round: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMicros: CpuPerRequest;
  readonly serverMb: number;
  readonly databaseMb: number;
  /** How long the last answered calls took to be booked; counted as working time. */
  readonly settleMs: number;
  /** Cores that were busy with none of the benchmark's processes: above a tenth or so, the figures are disturbed. */
  readonly otherCores: number;
}

/** Time until the first byte of a streamed answer's body, on one connection. */
export interface StreamSample {
  readonly target: TargetName;
  readonly round: number;
  readonly firstByteP50Ms: number;
  readonly firstByteP99Ms: number;
}
