import { ID_PREFIXES, siblingId } from '../domain/ids';

const SHAPE = new RegExp(`^${ID_PREFIXES.window}_(.+)-([0-9a-z]+)$`);

/** A window has no id in the database before a call needs it, so its id is made of what it is. */
export function limitWindowId(limitId: string, startsAt: Date): string {
  return `${siblingId('window', limitId)}-${startsAt.getTime().toString(36)}`;
}

/** The limit and start that an id was made of; null when it is none. */
export function parseLimitWindowId(id: string): { readonly limitId: string; readonly startsAt: Date } | null {
  const [, body, start] = SHAPE.exec(id) ?? [];
  if (body === undefined || start === undefined) return null;
  const startsAt = new Date(Number.parseInt(start, 36));
  if (Number.isNaN(startsAt.getTime())) return null;
  return { limitId: `${ID_PREFIXES.limit}_${body}`, startsAt };
}
