import { compareCalls, compareTotals, compareWindows, expectSame } from './books';
import { castOf, type Cast } from './cast';
import type { AdvanceShape, Command, MemberShape } from './commands';
import { LEASES_MS, move, overdue, type Answer } from './moves';
import { attemptAmend, attemptEnd, attemptReserve, removeLimit, setLimit, type Attempt } from './play';
import { beginRun, endRun, setLedgerTime, type Rig } from './rig';
import { afterSomeOrder } from './some-order';
import { spanAt } from './span';
import type { World } from './world';

/** Longer than any deadline and any lease. */
const LONG_MS = 41 * 86_400_000;

/** Plays a history to the ledger and to the model, and fails at the first difference. */
export async function playHistory(rig: Rig, run: string, commands: readonly Command[]): Promise<void> {
  const cast = castOf(run);
  await beginRun(rig, cast);
  try {
    await new History(rig, cast).play(commands);
  } finally {
    await endRun(rig, cast);
  }
}

class History {
  private world: World;
  private callsMade = 0;
  private violations = 0;

  constructor(
    private readonly rig: Rig,
    private readonly cast: Cast,
  ) {
    const { nowMs } = rig;
    const leases = LEASES_MS.map((leaseMs) => nowMs + leaseMs);
    this.world = { nowMs, calls: [], limits: [], leases, past: rig.past };
  }

  async play(commands: readonly Command[]): Promise<void> {
    this.violations = await compareWindows(this.rig, this.world);
    for (const command of commands) {
      if (CHANGES.includes(command.do)) await this.advanceTo(this.world.nowMs + TICK_MS);
      const isCheckable = await this.perform(command);
      const violations = await compareWindows(this.rig, this.world);
      if (isCheckable) expectSame('reservations that do not fit', violations, this.violations);
      this.violations = violations;
    }
    await this.advanceTo(this.world.nowMs + LONG_MS);
    await this.sweep();
    await compareWindows(this.rig, this.world);
    await compareCalls(this.rig, this.world, this.cast.run);
    await compareTotals(this.rig, this.world);
  }

  /** Returns whether a hold that does not fit would be a fault: setting limits takes note of what already stands. */
  private async perform(command: Command): Promise<boolean> {
    switch (command.do) {
      case 'reserve':
        await this.one(attemptReserve(this.rig, this.cast, command.call, this.nextCallId()));
        return true;
      case 'end':
        await this.one(attemptEnd(this.rig, this.world, command.end, false));
        return true;
      case 'at once':
        await this.atOnce(command.members);
        return true;
      case 'sweep':
        await this.sweep();
        return true;
      case 'advance':
        await this.advanceTo(destination(this.world.nowMs, command.advance));
        return true;
      case 'skew': {
        const server = this.rig.processes[command.process];
        if (server) server.clock.nowMs += command.byMs;
        return true;
      }
      case 'set':
        this.world = await setLimit(this.rig, this.cast, this.world, command.limit);
        return false;
      case 'amend':
        await this.one(attemptAmend(this.rig, this.world, command.pick, command.change));
        return false;
      case 'remove':
        this.world = await removeLimit(this.rig, this.world, command.pick);
        return false;
    }
  }

  private async one(attempt: Attempt | null): Promise<void> {
    if (!attempt) return;
    const isAnswer = await attempt.run();
    const step = move(this.world, attempt.move);
    if (!isAnswer(step.answer, this.world))
      throw new Error(`The ledger does not answer ${describe(attempt)} with ${describe(step.answer)}`);
    this.world = step.world;
  }

  private async atOnce(members: readonly MemberShape[]): Promise<void> {
    // Of two changes of a limit no answer tells which came last.
    const firstAmend = members.findIndex((member) => member.do === 'amend');
    const told = members.filter((member, index) => member.do !== 'amend' || index === firstAmend);
    const attempts = told.flatMap((member) => this.attempt(member) ?? []);
    const checks = await Promise.all(attempts.map((attempt) => attempt.run()));
    const isAnswered = (index: number, answer: Answer, before: World): boolean =>
      checks[index]?.(answer, before) ?? false;
    const moves = attempts.map((attempt) => attempt.move);
    const world = afterSomeOrder(this.world, moves, isAnswered);
    if (!world)
      throw new Error(`No order of these explains the answers of the ledger: ${describe(attempts)}`);
    this.world = world;
  }

  private attempt(member: MemberShape): Attempt | null {
    switch (member.do) {
      case 'reserve':
        return attemptReserve(this.rig, this.cast, member.call, this.nextCallId());
      case 'end':
        return attemptEnd(this.rig, this.world, member.end, false);
      case 'expire':
        return attemptEnd(this.rig, this.world, member.end, true);
      case 'amend': {
        const { level, isAdvisory } = member;
        return attemptAmend(this.rig, this.world, member.pick, { level, isAdvisory });
      }
    }
  }

  private async sweep(): Promise<void> {
    const expected = overdue(this.world);
    expectSame('the number of calls that expired', await this.rig.sweeper.sweep(), expected.length);
    for (const call of expected)
      this.world = move(this.world, { kind: 'END', id: call.id, outcome: 'EXPIRED', use: call.hold }).world;
  }

  private async advanceTo(nowMs: number): Promise<void> {
    await setLedgerTime(this.rig, nowMs);
    this.world = { ...this.world, nowMs };
  }

  private nextCallId(): string {
    return `call_${this.cast.run}-${String(this.callsMade++).padStart(4, '0')}`;
  }
}

/** Changes of limits are set apart from what was admitted before them by two ticks of the ledger's clock. */
const CHANGES: readonly Command['do'][] = ['set', 'amend', 'remove'];
const TICK_MS = 2;

function destination(nowMs: number, advance: AdvanceShape): number {
  if ('byMs' in advance) return nowMs + advance.byMs;
  const end = spanAt(advance.toEndOf, nowMs).untilMs ?? nowMs;
  return Math.max(nowMs, end + advance.pastMs);
}

function describe(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? each.toString() : each));
}
