import { Paper, Table } from '@mantine/core';
import { useQuery } from 'urql';
import { Failed, Loading } from '../components/states';
import { LimitsDocument, type LimitScope } from '../generated/operations';
import { LIMITS_CONTEXT } from '../lib/limit-name';
import { useViewer } from '../lib/use-viewer';
import { Branch } from './branch';
import { Keys, Limits, Organizations, Teams } from './branches';

/** What stands beside the organizations, each with its limits beneath it. */
const ELSEWHERE: readonly (readonly [scope: LimitScope, name: string])[] = [
  ['USER', 'Users'],
  ['TAG', 'Tags'],
  ['MODEL', 'Models'],
  ['MODEL_GROUP', 'Model groups'],
  ['PROVIDER', 'Providers'],
  ['DEPLOYMENT', 'Deployments'],
];

interface LimitTreeProps {
  readonly onOpen: (limitId: string) => void;
}

/** Limits from the widest scope to the narrowest. What is beneath a scope is asked for once it is opened. */
export function LimitTree({ onOpen }: LimitTreeProps) {
  const { viewer, seesEverything } = useViewer();
  const [{ data, error }] = useQuery({
    query: LimitsDocument,
    context: LIMITS_CONTEXT,
    variables: { filter: { scope: 'SERVER' as const }, first: 10 },
  });
  if (error) return <Failed error={error} />;
  if (!data || !viewer) return <Loading rows={8} />;
  const top = { level: 1, onOpen };
  return (
    <Paper withBorder p="md">
      <div className="table-frame" tabIndex={0} role="region" aria-label="Limits by scope">
        <Table role="treegrid" aria-label="Limits by scope" miw={640}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Scope</Table.Th>
              <Table.Th>Limits</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {seesEverything ? (
              <>
                <Branch {...top} isOpenAtFirst kind="All calls" name="Server" limits={data.limits.nodes}>
                  {() => <Organizations {...top} level={2} />}
                </Branch>
                {ELSEWHERE.map(([scope, name]) => (
                  <Branch key={scope} {...top} kind="Across organizations" name={name} limits={null}>
                    {() => (
                      <Limits
                        {...top}
                        level={2}
                        filter={{ scope }}
                        empty={`No limits of ${name.toLowerCase()}.`}
                      />
                    )}
                  </Branch>
                ))}
              </>
            ) : viewer.kind === 'KEY' ? (
              <Keys {...top} teamId={null} projectId={null} />
            ) : (
              <OwnScopes {...top} organizations={viewer.user?.organizationMemberships.nodes.length ?? 0} />
            )}
          </Table.Tbody>
        </Table>
      </div>
    </Paper>
  );
}

interface OwnScopesProps {
  readonly level: number;
  readonly onOpen: (limitId: string) => void;
  /** How many the signed-in belongs to: others see their teams at the top. */
  readonly organizations: number;
}

function OwnScopes({ organizations, ...rest }: OwnScopesProps) {
  return (
    <>
      {organizations > 0 ? <Organizations {...rest} /> : <Teams {...rest} organizationId={null} />}
      <Limits {...rest} filter={{ scope: 'USER' }} />
    </>
  );
}
