import {
  ArchiveTeamDocument,
  BlockTeamDocument,
  CreateTeamDocument,
  TeamsDocument,
  UnblockTeamDocument,
  UpdateTeamDocument,
  type TeamsQuery,
} from '../generated/operations';
import { jsonText } from '../lib/form';
import type { HolderKind } from './holder-kind';
import { blockChanges, METADATA, MODELS, modelsColumn, NAME, stateColumn, TAGS } from './parts';

type Team = TeamsQuery['holders']['nodes'][number];

export const TEAMS: HolderKind<Team> = {
  ...{ title: 'Teams', one: 'team', scope: 'TEAM', idField: 'teamId' },
  list: TeamsDocument,
  nameOf: ({ name }) => name,
  columns: [
    { name: 'Team', render: ({ name }) => name },
    { name: 'Organization', render: ({ organization }) => organization?.name ?? '' },
    modelsColumn(),
    stateColumn(),
  ],
  fields: [
    NAME,
    { name: 'organizationId', label: 'Organization', kind: 'ORGANIZATION', onlyIn: 'CREATE' },
    MODELS,
    TAGS,
    METADATA,
  ],
  valuesOf: ({ name, models, tags, metadata }) => ({ name, models, tags, metadata: jsonText(metadata) }),
  ...{ create: CreateTeamDocument, update: UpdateTeamDocument },
  changes: [
    ...blockChanges<Team>('team', BlockTeamDocument, UnblockTeamDocument),
    {
      ...{ label: 'Archive', mutation: ArchiveTeamDocument, done: 'The team is archived.' },
      question: ({ name }) => `Archive ${name}? Its keys stop working; what it spent stays in the books.`,
    },
  ],
  mayMake: ({ mayMakeTeams }) => mayMakeTeams,
  mayChange: ({ mayChange }) => mayChange,
};
