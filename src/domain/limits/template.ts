import type { LimitScope, ScopeRef } from './scope';

/**
 * The kinds of things that a template can be given to each of, and within what. A default for keys reaches the keys of a
 * team, of an organization or of the whole server; one for customers may also hold within a single key.
 */
export const DEFAULT_LEVELS: Partial<Record<LimitScope, readonly LimitScope[]>> = {
  TEAM: ['SERVER', 'ORGANIZATION'],
  USER: ['SERVER', 'ORGANIZATION'],
  TEAM_MEMBER: ['SERVER', 'ORGANIZATION', 'TEAM'],
  KEY: ['SERVER', 'ORGANIZATION', 'TEAM'],
  CUSTOMER: ['SERVER', 'ORGANIZATION', 'TEAM', 'KEY'],
};

/** The kinds of things that a template can be given to by name. */
export const HOLDER_SCOPES: readonly LimitScope[] = [
  'ORGANIZATION',
  'TEAM',
  'PROJECT',
  'USER',
  'TEAM_MEMBER',
  'KEY',
  'CUSTOMER',
  'TAG',
];

/** A template given to one holder, or (`holderId` null) to each of a kind within something. */
export interface TemplateAssignment {
  readonly id: string;
  readonly templateId: string;
  readonly holderScope: LimitScope;
  readonly holderId: string | null;
  readonly within: ScopeRef | null;
}
