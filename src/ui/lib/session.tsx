import { createClient as createSocket } from 'graphql-ws';
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import {
  cacheExchange,
  createClient,
  fetchExchange,
  mapExchange,
  Provider,
  subscriptionExchange,
  type Client,
} from 'urql';

/** How the session began, which tells how it ends. */
export type SignInWay = 'secret' | 'oidc';

interface Session {
  readonly isSignedIn: boolean;
  readonly signIn: (secret: string, way?: SignInWay) => void;
  readonly signOut: () => void;
  /** The header of requests beside the graph. */
  readonly authorization: Readonly<Record<string, string>>;
}

const KEY = 'spendgraph.secret';
const WAY = 'spendgraph.way';
const OIDC_LOGOUT = '/auth/oidc/logout';
const SessionContext = createContext<Session | null>(null);

/** Holds the credential for as long as the tab lives, and the client that asks with it. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [secret, setSecret] = useState(() => sessionStorage.getItem(KEY));
  const signIn = useCallback((given: string, way: SignInWay = 'secret') => {
    sessionStorage.setItem(KEY, given);
    sessionStorage.setItem(WAY, way);
    setSecret(given);
  }, []);
  const forget = useCallback(() => {
    sessionStorage.removeItem(KEY);
    setSecret(null);
  }, []);
  const signOut = useCallback(() => {
    const wasOidc = sessionStorage.getItem(WAY) === 'oidc';
    sessionStorage.removeItem(WAY);
    forget();
    // The session at the identity provider would sign the next person at this browser in again.
    if (wasOidc) location.assign(OIDC_LOGOUT);
  }, [forget]);
  const connection = useMemo(() => connect(secret, forget), [secret, forget]);
  useEffect(() => () => void connection.close(), [connection]);
  const session = useMemo(
    () => ({ isSignedIn: secret !== null, signIn, signOut, authorization: connection.authorization }),
    [secret, signIn, signOut, connection],
  );
  return (
    <SessionContext.Provider value={session}>
      <Provider value={connection.client}>{children}</Provider>
    </SessionContext.Provider>
  );
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('There is no session around this.');
  return session;
}

interface Connection {
  readonly client: Client;
  readonly authorization: Readonly<Record<string, string>>;
  close(): void | Promise<void>;
}

function connect(secret: string | null, onRefused: () => void): Connection {
  const authorization: Record<string, string> = secret === null ? {} : { authorization: `Bearer ${secret}` };
  const url = new URL('/graphql', location.href);
  const socket = createSocket({
    url: url.href.replace(/^http/, 'ws'),
    connectionParams: authorization,
    shouldRetry: () => true,
    retryAttempts: 20,
  });
  const client = createClient({
    url: url.href,
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: { headers: authorization },
    exchanges: [
      cacheExchange,
      mapExchange({
        onError(error) {
          const refused = error.graphQLErrors.some(({ extensions }) => extensions.code === 'UNAUTHENTICATED');
          if (refused && secret !== null) onRefused();
        },
      }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe(
              { query, variables: variables as Record<string, unknown> },
              { ...sink, next: (value) => sink.next(value as Parameters<typeof sink.next>[0]) },
            ),
          }),
        }),
      }),
    ],
  });
  return { client, authorization, close: () => socket.dispose() };
}
