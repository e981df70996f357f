import {
  ArchiveProjectDocument,
  BlockProjectDocument,
  CreateProjectDocument,
  ProjectsDocument,
  UnblockProjectDocument,
  UpdateProjectDocument,
  type ProjectsQuery,
} from '../generated/operations';
import { jsonText } from '../lib/form';
import type { HolderKind } from './holder-kind';
import { blockChanges, METADATA, MODELS, modelsColumn, NAME, stateColumn } from './parts';

type Project = ProjectsQuery['holders']['nodes'][number];

export const PROJECTS: HolderKind<Project> = {
  ...{ title: 'Projects', one: 'project', scope: 'PROJECT', idField: 'projectId' },
  list: ProjectsDocument,
  nameOf: ({ name }) => name,
  columns: [
    { name: 'Project', render: ({ name }) => name },
    { name: 'Team', render: ({ team }) => team?.name ?? '' },
    modelsColumn(),
    stateColumn(),
  ],
  fields: [
    NAME,
    { name: 'teamId', label: 'Team', kind: 'TEAM', isRequired: true, onlyIn: 'CREATE' },
    { name: 'description', label: 'Description', kind: 'TEXT' },
    MODELS,
    METADATA,
  ],
  valuesOf: ({ name, description, models, metadata }) => ({
    ...{ name, models, description: description ?? '', metadata: jsonText(metadata) },
  }),
  ...{ create: CreateProjectDocument, update: UpdateProjectDocument },
  changes: [
    ...blockChanges<Project>('project', BlockProjectDocument, UnblockProjectDocument),
    {
      ...{ label: 'Archive', mutation: ArchiveProjectDocument, done: 'The project is archived.' },
      question: ({ name }) => `Archive ${name}? Its keys stop working; what it spent stays in the books.`,
    },
  ],
  mayMake: ({ mayChange }) => mayChange,
  mayChange: ({ mayChange }) => mayChange,
};
