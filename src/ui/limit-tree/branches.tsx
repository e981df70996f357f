import { useQuery } from 'urql';
import {
  LimitsDocument,
  TreeKeysDocument,
  TreeProjectsDocument,
  TreeRootsDocument,
  TreeTeamsDocument,
  type LimitFilter,
} from '../generated/operations';
import { words } from '../lib/format';
import { LIMITS_CONTEXT, nameOfLimit } from '../lib/limit-name';
import { Branch } from './branch';
import { Listed } from './listed';
import { TreeRow } from './tree-row';

interface BranchesProps {
  readonly level: number;
  readonly after?: string | null;
  readonly onOpen: (limitId: string) => void;
}

export function Organizations({ after = null, ...rest }: BranchesProps) {
  const [{ data, error }] = useQuery({ query: TreeRootsDocument, variables: { after } });
  const { level, onOpen } = rest;
  const beneath = { level: level + 1, onOpen };
  return (
    <Listed
      level={level}
      of={data?.organizations}
      error={error}
      render={({ id, name, limits }) => (
        <Branch key={id} {...rest} kind="Organization" name={name} limits={limits.nodes}>
          {() => (
            <>
              <Teams {...beneath} organizationId={id} />
              <Limits {...beneath} filter={{ scope: 'CUSTOMER', organizationId: id }} />
              <Limits {...beneath} filter={{ scope: 'TEMPLATE', organizationId: id }} />
            </>
          )}
        </Branch>
      )}
      next={(end) => <Organizations {...rest} after={end} />}
    />
  );
}

/** Those of an organization, or all that the signed-in sees. */
export function Teams({
  after = null,
  organizationId,
  ...rest
}: BranchesProps & { readonly organizationId: string | null }) {
  const [{ data, error }] = useQuery({ query: TreeTeamsDocument, variables: { organizationId, after } });
  const { level, onOpen } = rest;
  const beneath = { level: level + 1, onOpen };
  return (
    <Listed
      level={level}
      of={data?.teams}
      error={error}
      render={({ id, name, limits }) => (
        <Branch key={id} {...rest} kind="Team" name={name} limits={limits.nodes}>
          {() => (
            <>
              <Projects {...beneath} teamId={id} />
              <Limits {...beneath} filter={{ scope: 'TEAM_MEMBER', scopeId: id }} />
              <Keys {...beneath} teamId={id} projectId={null} />
            </>
          )}
        </Branch>
      )}
      next={(end) => <Teams {...rest} organizationId={organizationId} after={end} />}
    />
  );
}

function Projects({ after = null, teamId, ...rest }: BranchesProps & { readonly teamId: string }) {
  const [{ data, error }] = useQuery({ query: TreeProjectsDocument, variables: { teamId, after } });
  const { level, onOpen } = rest;
  return (
    <Listed
      level={level}
      of={data?.projects}
      error={error}
      render={({ id, name, limits }) => (
        <Branch key={id} {...rest} kind="Project" name={name} limits={limits.nodes}>
          {() => <Keys level={level + 1} onOpen={onOpen} teamId={null} projectId={id} />}
        </Branch>
      )}
      next={(end) => <Projects {...rest} teamId={teamId} after={end} />}
    />
  );
}

interface KeysProps extends BranchesProps {
  readonly teamId: string | null;
  readonly projectId: string | null;
}

/** Those of a project, of a team beside its projects, or all that the signed-in sees. */
export function Keys({ after = null, teamId, projectId, ...rest }: KeysProps) {
  const variables = { teamId, projectId, after };
  const [{ data, error }] = useQuery({ query: TreeKeysDocument, variables });
  return (
    <Listed
      level={rest.level}
      of={data?.keys}
      error={error}
      render={({ id, alias, display, project, limits }) =>
        teamId !== null && project ? null : (
          <TreeRow
            key={id}
            {...rest}
            kind="Key"
            name={alias ?? display}
            limits={limits.nodes}
            isOpen={null}
          />
        )
      }
      next={(end) => <Keys {...rest} teamId={teamId} projectId={projectId} after={end} />}
    />
  );
}

interface LimitsProps extends BranchesProps {
  readonly filter: LimitFilter;
  /** Told where there are none; nothing is told when left out. */
  readonly empty?: string;
}

/** Limits of what stands in no list: customers, members, tags, models … */
export function Limits({ after = null, filter, empty, ...rest }: LimitsProps) {
  const [{ data, error }] = useQuery({
    query: LimitsDocument,
    context: LIMITS_CONTEXT,
    variables: { filter, first: 50, after },
  });
  return (
    <Listed
      level={rest.level}
      of={data?.limits}
      error={error}
      {...(empty === undefined ? {} : { empty })}
      render={(limit) => (
        <TreeRow
          key={limit.id}
          {...rest}
          kind={words(limit.scope)}
          name={nameOfLimit(limit)}
          limits={[limit]}
          isOpen={null}
        />
      )}
      next={(end) => <Limits {...rest} filter={filter} after={end} />}
    />
  );
}
