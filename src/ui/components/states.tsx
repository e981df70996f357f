import { Alert, Skeleton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CombinedError } from 'urql';

/** What stands where data is not: why, or what to do so that there is some. */
export function Failed({ error }: { readonly error: CombinedError }) {
  return (
    <Alert color="red" title="This could not be read" role="alert">
      {error.graphQLErrors[0]?.message ?? 'The server did not answer. Try again in a moment.'}
    </Alert>
  );
}

export function Empty({ children }: { readonly children: ReactNode }) {
  return (
    <Text className="quiet" ta="center" py="xl">
      {children}
    </Text>
  );
}

export function Loading({ rows = 5 }: { readonly rows?: number }) {
  return (
    <Stack gap="sm" aria-busy="true" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={28} />
      ))}
    </Stack>
  );
}
