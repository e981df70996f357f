import { notifications } from '@mantine/notifications';
import { useCallback, useState } from 'react';
import { useClient, type DocumentInput } from 'urql';
import type { FormProblems } from './form';

export interface Made {
  readonly holder?: { readonly id: string } | null;
  readonly secret?: string | null;
  readonly warnings?: readonly string[];
}

interface Answer {
  readonly done: Made & {
    readonly userErrors: readonly { readonly field: readonly string[]; readonly message: string }[];
  };
}

/** The mutation of a form, of any input: its field is called `done` in the operation. */
export type FormMutation = DocumentInput<unknown, never>;

type Outcome =
  | { readonly made: Made; readonly problems?: never }
  | { readonly made?: never; readonly problems: FormProblems };

/** Runs mutations of forms. What is wrong with a field comes back by its name; what is wrong otherwise is told. */
export function useFormChange(): {
  readonly run: (mutation: FormMutation, input: object) => Promise<Outcome>;
  readonly isRunning: boolean;
} {
  const client = useClient();
  const [isRunning, setIsRunning] = useState(false);
  const run = useCallback(
    async (mutation: FormMutation, input: object): Promise<Outcome> => {
      setIsRunning(true);
      const { data, error } = await client.mutation<Answer>(mutation, { input });
      setIsRunning(false);
      if (!data) {
        tell(error?.graphQLErrors[0]?.message ?? 'The server did not answer.');
        return { problems: {} };
      }
      const { userErrors, ...made } = data.done;
      if (userErrors.length === 0) {
        for (const warning of made.warnings ?? []) notifications.show({ color: 'orange', message: warning });
        return { made };
      }
      return { problems: Object.fromEntries(userErrors.map((each) => [each.field[1] ?? '', each.message])) };
    },
    [client],
  );
  return { run, isRunning };
}

function tell(message: string): void {
  notifications.show({ color: 'red', title: 'Not done', message });
}
