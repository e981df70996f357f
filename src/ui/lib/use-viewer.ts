import { useQuery } from 'urql';
import { ViewerDocument } from '../generated/operations';

/** Who is signed in, and what pages may offer them. The server decides anew whatever is asked of it. */
export function useViewer() {
  const [{ data, error, fetching }] = useQuery({ query: ViewerDocument });
  const viewer = data?.viewer;
  const user = viewer?.user;
  const name =
    user?.name ??
    viewer?.key?.alias ??
    viewer?.key?.display ??
    (viewer?.kind === 'MASTER' ? 'master key' : '');
  const isAdministrator = viewer?.kind === 'MASTER' || user?.role === 'ADMIN';
  const seesEverything = isAdministrator || user?.role === 'VIEWER';
  const organizationRoles = user?.organizationMemberships.nodes.map(({ role }) => role) ?? [];
  const teamRoles = user?.teamMemberships.nodes.map(({ role }) => role) ?? [];
  return {
    viewer,
    name,
    isAdministrator,
    seesEverything,
    /** The server or any organization. */
    mayMakeTeams: isAdministrator || organizationRoles.includes('ADMIN'),
    /** Whoever administers something, if only a team. */
    mayChange: isAdministrator || [...organizationRoles, ...teamRoles].includes('ADMIN'),
    seesAudit: seesEverything || organizationRoles.some((role) => role !== 'MEMBER'),
    error,
    fetching,
  };
}

export type Viewing = ReturnType<typeof useViewer>;
