import { shapeProblem, type ShapeLimits, type ShapeProblem } from '../../domain/metering/json-shape';
import { err, ok, type Result } from '../../domain/result';
import { invalidRequest, type WireError } from '../providers/wire-error';

/**
 * Far above what a provider takes, and low enough that reading the largest body does not hold up other calls: what a
 * parser costs goes by strings, not by bytes. An embedding may be asked for 300,000 token ids.
 */
const LIMITS: ShapeLimits = { depth: 200, topMembers: 1_000, strings: 80_000, values: 400_000 };

/** Outermost members that decide what a call costs or where it goes; in other letters they could mean the same upstream. */
const RESERVED: ReadonlySet<string> = new Set([
  ...['model', 'models', 'route', 'fallbacks', 'preset', 'stream', 'stream_options', 'service_tier', 'speed'],
  ...['max_tokens', 'max_completion_tokens', 'max_output_tokens', 'max_tool_calls', 'n', 'best_of'],
  ...[
    'messages',
    'input',
    'prompt',
    'system',
    'instructions',
    'tools',
    'functions',
    'response_format',
    'text',
  ],
  ...['web_search_options', 'search_parameters', 'plugins', 'mcp_servers', 'container', 'context_management'],
  ...['previous_response_id', 'conversation', 'background', 'store', 'metadata', 'tags', 'user'],
]);

/** The body as JSON, if its structure is of a size and clarity that can be relied on. */
export function parseBody(body: string): Result<unknown, WireError> {
  const problem = shapeProblem(body, LIMITS, RESERVED);
  if (problem) return err(refused(problem));
  try {
    return ok(JSON.parse(body) as unknown);
  } catch {
    return err(invalidRequest('body', 'The request body is not valid JSON.'));
  }
}

function refused(problem: ShapeProblem): WireError {
  switch (problem.kind) {
    case 'REPEATED':
      return invalidRequest(
        shown(problem.name),
        `The request body names "${shown(problem.name)}" twice, letter case aside. Name it once.`,
      );
    case 'MISSPELT':
      return invalidRequest(
        shown(problem.name),
        `Write "${shown(problem.name)}" in lower case, as the API's reference does.`,
      );
    case 'DEPTH':
      return invalidRequest('body', `The request body is nested deeper than ${LIMITS.depth} levels.`);
    case 'TOP_MEMBERS':
      return tooMany(LIMITS.topMembers, 'members at its top level');
    case 'STRINGS':
      return tooMany(LIMITS.strings, 'strings and names of members');
    case 'VALUES':
      return tooMany(LIMITS.values, 'values');
  }
}

function tooMany(most: number, what: string): WireError {
  return invalidRequest('body', `The request body has more than ${most} ${what}. Send less in one call.`);
}

/** A name of the client's choice, in a length that an error can show. */
function shown(name: string): string {
  return name.slice(0, 100);
}
