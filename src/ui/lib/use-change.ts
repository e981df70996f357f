import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useMutation, type AnyVariables, type TypedDocumentNode } from 'urql';

interface Problem {
  readonly message: string;
}

/** A mutation that tells its outcome: null when it was refused, which a notification then says why. */
export function useChange<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  done: string,
): { readonly run: (variables: Variables) => Promise<Data | null>; readonly isRunning: boolean } {
  const [{ fetching }, mutate] = useMutation<Data, Variables>(document);
  const run = useCallback(
    async (variables: Variables) => {
      const { data, error } = await mutate(variables);
      const problems = [
        error?.graphQLErrors[0]?.message ?? error?.message,
        ...(data ? userErrors(data) : []),
      ].filter((message) => message !== undefined);
      if (problems.length > 0 || !data) {
        notifications.show({
          color: 'red',
          title: 'Not done',
          message: problems.join(' ') || 'The server did not answer.',
        });
        return null;
      }
      notifications.show({ color: 'teal', message: done });
      return data;
    },
    [mutate, done],
  );
  return { run, isRunning: fetching };
}

function userErrors(data: object): string[] {
  return Object.values(data).flatMap((payload: unknown) =>
    typeof payload === 'object' && payload !== null && 'userErrors' in payload
      ? (payload.userErrors as Problem[]).map(({ message }) => message)
      : [],
  );
}
