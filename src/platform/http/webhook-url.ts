import { err, ok, type Result } from '../../domain/result';
import { isPrivateHost } from './private-address';
import { isInternalName } from './upstream-url';

const MAX_LENGTH = 2_000;

/**
 * Reads the address of a receiver that somebody enters: https, with whatever path and query the receiver gave out, and no
 * host that is private as it is written. What its name leads to is checked again when it is connected to. Messages do not
 * repeat the address: its path and query are often the secret.
 */
export function readWebhookUrl(text: string, allowsPrivate: (url: URL) => boolean): Result<URL, string> {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH || !URL.canParse(trimmed)) {
    return err('This is no address such as "https://hooks.example.com/alerts".');
  }
  const url = new URL(trimmed);
  const isAllowed = allowsPrivate(url);
  // Plain http is for what never leaves the operator's own network.
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isAllowed)) {
    return err('The address must begin with https://.');
  }
  if (url.username !== '' || url.password !== '') {
    return err('The address must not hold a user or password.');
  }
  if (url.hash !== '') return err('The address must not hold a fragment.');
  if (!isAllowed && (isPrivateHost(url) || isInternalName(url))) {
    return err(
      `"${url.hostname}" is inside a private network. An operator can name it in SPENDGRAPH_ALERT_PRIVATE_HOSTS to ` +
        'let it be called.',
    );
  }
  return ok(url);
}
