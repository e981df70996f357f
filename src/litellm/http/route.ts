import type { z } from 'zod';
import type { RequestContext } from '../../access/context';
import { ok, type Result } from '../../domain/result';
import type { LitellmFailure } from '../failure';
import { readMembers, type InputMembers } from '../members';
import type { LitellmServices } from '../services';

export interface RouteAnswer {
  /** Written with the digits of its amounts, see `lossless`. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Members that were sent and had no effect. */
  readonly ignored?: readonly string[];
}

export type RouteOutcome = Result<RouteAnswer, LitellmFailure>;

/** One row of the table of routes. */
export interface LitellmRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  /** What it takes: as the query of a GET, the JSON body of the others, and in the path. */
  readonly members: InputMembers;
  run(
    ctx: RequestContext,
    services: LitellmServices,
    raw: Readonly<Record<string, unknown>>,
  ): Promise<RouteOutcome>;
}

interface RouteDefinition<Shape extends z.ZodRawShape> extends Pick<
  LitellmRoute,
  'method' | 'path' | 'summary'
> {
  readonly members: InputMembers<Shape>;
  handle(
    ctx: RequestContext,
    input: z.output<z.ZodObject<Shape>>,
    services: LitellmServices,
  ): Promise<RouteOutcome>;
}

/** A route whose handler gets the input that its schema describes. */
export function defineRoute<Shape extends z.ZodRawShape>(route: RouteDefinition<Shape>): LitellmRoute {
  const { method, path, summary, members } = route;
  return {
    method,
    path,
    summary,
    members,
    run: async (ctx, services, raw) => {
      const read = readMembers(members, raw);
      if (!read.ok) return read;
      const outcome = await route.handle(ctx, read.value.input, services);
      if (!outcome.ok) return outcome;
      const ignored = [...read.value.ignored, ...(outcome.value.ignored ?? [])];
      return ok({ ...outcome.value, ignored });
    },
  };
}

export function answer(body: unknown, more: Omit<RouteAnswer, 'body'> = {}): RouteOutcome {
  return ok({ body, ...more });
}
