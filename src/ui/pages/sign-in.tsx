import {
  Alert,
  Button,
  Center,
  Group,
  Paper,
  PasswordInput,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useClient, useMutation } from 'urql';
import { SignInDocument, ViewerDocument } from '../generated/operations';
import { useSession } from '../lib/session';
import { useOidc } from '../lib/use-oidc';

type Way = 'password' | 'key';

export function SignIn() {
  const session = useSession();
  const client = useClient();
  const [way, setWay] = useState<Way>('key');
  const [problem, setProblem] = useState<string | null>(null);
  const oidcUrl = useOidc(setProblem);
  const [username, setUsername] = useState('');
  const [secret, setSecret] = useState('');
  const [{ fetching }, signIn] = useMutation(SignInDocument);

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setProblem(null);
    if (way === 'password') {
      const { data, error } = await signIn({ username, password: secret });
      const given = data?.signIn.secret;
      if (given) session.signIn(given);
      else
        setProblem(
          data?.signIn.userErrors[0]?.message ??
            error?.graphQLErrors[0]?.message ??
            'The server did not answer.',
        );
      return;
    }
    const fetchOptions = { headers: { authorization: `Bearer ${secret.trim()}` } };
    const { data, error } = await client.query(
      ViewerDocument,
      {},
      { fetchOptions, requestPolicy: 'network-only' },
    );
    if (data && data.viewer.kind !== 'ANONYMOUS') session.signIn(secret.trim());
    else setProblem(error?.graphQLErrors[0]?.message ?? 'This is no key or token of this server.');
  };

  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder shadow="sm" p="xl" w={380}>
        <form onSubmit={(event) => void submit(event)}>
          <Stack>
            <Group gap="sm">
              <img src="/ui/icon.svg" alt="" width={32} height={32} />
              <Title order={1} size="h3">
                spendgraph
              </Title>
            </Group>
            <SegmentedControl
              value={way}
              onChange={(value) => setWay(value)}
              data={[
                { value: 'key', label: 'Key or token' },
                { value: 'password', label: 'Password' },
              ]}
            />
            {way === 'password' && (
              <TextInput
                label="User name or email"
                autoComplete="username"
                required
                value={username}
                onChange={(event) => setUsername(event.currentTarget.value)}
              />
            )}
            <PasswordInput
              label={way === 'password' ? 'Password' : 'Master key, access token or virtual key'}
              autoComplete={way === 'password' ? 'current-password' : 'off'}
              required
              value={secret}
              onChange={(event) => setSecret(event.currentTarget.value)}
            />
            {problem !== null && (
              <Alert color="red" role="alert">
                {problem}
              </Alert>
            )}
            <Button type="submit" loading={fetching}>
              Sign in
            </Button>
            {oidcUrl !== null && (
              <Button component="a" href={oidcUrl} variant="default">
                Single sign-on
              </Button>
            )}
            <Text size="xs" className="quiet">
              The server prints its master key when it starts.
            </Text>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
