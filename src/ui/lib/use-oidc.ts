import { useEffect, useRef, useState } from 'react';
import { useSession } from './session';

interface Methods {
  readonly oidc: { readonly login_url: string } | null;
}

const ARRIVED = '#signed-in';

/** Where single sign-on begins; null where the server offers none. Fetches the token of one that has just ended. */
export function useOidc(onProblem: (message: string) => void): string | null {
  const { signIn } = useSession();
  const [loginUrl, setLoginUrl] = useState<string | null>(null);
  const hasAsked = useRef(false);
  useEffect(() => {
    // Asked twice, the second would find that the token was handed over.
    if (hasAsked.current) return;
    hasAsked.current = true;
    void fetch('/auth/methods')
      .then(async (answer) => setLoginUrl(((await answer.json()) as Methods).oidc?.login_url ?? null))
      .catch(() => undefined);
    if (location.hash !== ARRIVED) return;
    history.replaceState(null, '', location.pathname);
    void takeToken().then((token) => {
      if (token === null) onProblem('Signing in did not come to its end. Try again.');
      else signIn(token, 'oidc');
    });
  }, [signIn, onProblem]);
  return loginUrl;
}

async function takeToken(): Promise<string | null> {
  try {
    const answer = await fetch('/auth/oidc/session', { method: 'POST' });
    return answer.ok ? ((await answer.json()) as { token: string }).token : null;
  } catch {
    return null;
  }
}
