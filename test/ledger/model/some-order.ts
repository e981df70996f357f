import { move, type Answer, type Move } from './moves';
import type { World } from './world';

/**
 * The world after moves that were made at once, if their answers are those of some order of them; null when no order
 * explains the answers. Which moves are done decides the world, whatever their order, as long as there is one change of
 * a limit at most; so a set of moves that led nowhere is not tried again.
 */
export function afterSomeOrder(
  world: World,
  moves: readonly Move[],
  isAnswered: (index: number, answer: Answer, before: World) => boolean,
): World | null {
  const deadEnds = new Set<number>();
  const all = 2 ** moves.length - 1;
  const search = (at: World, done: number): World | null => {
    if (done === all) return at;
    if (deadEnds.has(done)) return null;
    for (const [index, made] of moves.entries()) {
      if ((done & (1 << index)) !== 0) continue;
      const step = move(at, made);
      if (!isAnswered(index, step.answer, at)) continue;
      const found = search(step.world, done | (1 << index));
      if (found) return found;
    }
    deadEnds.add(done);
    return null;
  };
  return search(world, 0);
}
