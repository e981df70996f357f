import { useQuery } from 'urql';
import { ViewerDocument } from '../generated/operations';

/** Who is signed in, and whether pages may offer to change what concerns the whole server. */
export function useViewer() {
  const [{ data, error, fetching }] = useQuery({ query: ViewerDocument });
  const viewer = data?.viewer;
  const name =
    viewer?.user?.name ??
    viewer?.key?.alias ??
    viewer?.key?.display ??
    (viewer?.kind === 'MASTER' ? 'master key' : '');
  const isAdministrator = viewer?.kind === 'MASTER' || viewer?.user?.role === 'ADMIN';
  const seesEverything = isAdministrator || viewer?.user?.role === 'VIEWER';
  return {
    viewer,
    name,
    isAdministrator,
    seesEverything,
    mayChange: viewer?.kind !== 'KEY' && viewer?.user?.role !== 'VIEWER',
    error,
    fetching,
  };
}
