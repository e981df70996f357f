import { LRUCache } from 'lru-cache';
import { DEFAULT_ORGANIZATION_ID } from '../organizations/organization.entity';
import { sha256Of } from './import-keys';
import type { ImportRun } from './import-run';
import {
  findLoggedKeys,
  findLoggedTeams,
  findOrganizationNames,
  type LoggedKey,
  type LoggedTeam,
} from './import-spend.repository';
import type { SourceRow } from './litellm-source';
import { bounded, membersOf, textOf } from './row-values';

/** To whom a row of the log belongs, as it was when the call was made. The empty text stands for nobody. */
export interface LogOwners {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly teamId: string;
  readonly teamName: string;
  readonly projectId: string;
  readonly userId: string;
  readonly keyId: string;
  readonly keyAlias: string;
}

const MAX_KNOWN = 20_000;

/** Looks up what rows of the log name, once per batch for what is not remembered. */
export class LogOwnersLookup {
  private readonly keys = new LRUCache<string, { readonly key: LoggedKey | null }>({ max: MAX_KNOWN });
  private readonly teams = new LRUCache<string, { readonly team: LoggedTeam | null }>({ max: MAX_KNOWN });
  private readonly organizations = new LRUCache<string, { readonly name: string | null }>({ max: MAX_KNOWN });

  constructor(private readonly run: ImportRun) {}

  /** Call it with each batch before `ownersOf` is asked about its rows. */
  async prepare(rows: readonly SourceRow[]): Promise<void> {
    await this.learnKeys(missing(rows.map(hashOfLog), this.keys));
    await this.learnTeams(
      missing(
        rows.map((row) => this.teamOf(row)),
        this.teams,
      ),
    );
    await this.learnOrganizations(
      missing(
        rows.map((row) => this.organizationOf(row)),
        this.organizations,
      ),
    );
  }

  ownersOf(row: SourceRow): LogOwners {
    const key = this.keyOf(row);
    const metadata = membersOf(row['metadata']);
    const teamId = this.teamOf(row);
    const organizationId = this.organizationOf(row);
    return {
      organizationId,
      organizationName: known(this.organizations.get(organizationId)?.name),
      teamId,
      teamName: known(this.teams.get(teamId)?.team?.name, textOf(metadata, 'user_api_key_team_alias')),
      projectId: bounded(known(textOf(metadata, 'user_api_key_project_id'), key?.projectId)),
      userId: bounded(known(textOf(row, 'user'), key?.userId)),
      keyId: known(key?.keyId),
      keyAlias: known(key?.alias, textOf(metadata, 'user_api_key_alias')),
    };
  }

  private keyOf(row: SourceRow): LoggedKey | null {
    return this.keys.get(hashOfLog(row))?.key ?? null;
  }

  private teamOf(row: SourceRow): string {
    return bounded(textOf(row, 'team_id') ?? '');
  }

  /** The team's own; else one that the row names and that is here; else that of the key. */
  private organizationOf(row: SourceRow): string {
    const team = this.teams.get(this.teamOf(row))?.team;
    if (team != null) return team.organizationId;
    const named = textOf(row, 'organization_id') ?? textOf(membersOf(row['metadata']), 'user_api_key_org_id');
    if (named !== null && this.organizations.get(named)?.name !== null) return named;
    return this.keyOf(row)?.organizationId ?? DEFAULT_ORGANIZATION_ID;
  }

  private async learnKeys(hashes: readonly string[]): Promise<void> {
    const { ctx, keys } = this.run.services();
    if (hashes.length === 0) return;
    const ids = await keys.find(ctx, hashes);
    const found = await findLoggedKeys(this.run.parts.db.manager, [...ids.values()]);
    const byId = new Map(found.map((key) => [key.keyId, key]));
    for (const hash of hashes) this.keys.set(hash, { key: byId.get(ids.get(hash) ?? '') ?? null });
  }

  private async learnTeams(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const found = await findLoggedTeams(this.run.parts.db.manager, ids);
    const byId = new Map(found.map((team) => [team.id, team]));
    for (const id of ids) this.teams.set(id, { team: byId.get(id) ?? null });
  }

  private async learnOrganizations(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    // One that is not here has no name; the rows then fall back, so that the default one is always learnt.
    const wanted = [...new Set([...ids, DEFAULT_ORGANIZATION_ID, ...this.organizationsOfKeys()])];
    const names = await findOrganizationNames(this.run.parts.db.manager, wanted);
    for (const id of wanted) this.organizations.set(id, { name: names.get(id) ?? null });
  }

  private organizationsOfKeys(): string[] {
    return [...this.keys.values()].flatMap(({ key }) => (key === null ? [] : [key.organizationId]));
  }
}

/** The first that is known; the empty text when none is. */
function known(...texts: readonly (string | null | undefined)[]): string {
  return texts.find((text) => text != null) ?? '';
}

/** The SHA-256 of the secret that a row was called with; the empty text when it tells none. */
export function hashOfLog(row: SourceRow): string {
  return sha256Of(textOf(row, 'api_key') ?? '') ?? '';
}

function missing(names: readonly string[], known: { has(name: string): boolean }): string[] {
  return [...new Set(names)].filter((name) => name !== '' && !known.has(name));
}
