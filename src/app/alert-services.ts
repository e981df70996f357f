import { AlertChannelService } from '../alerts/alert-channel.service';
import { AlertDispatcher } from '../alerts/alert-dispatcher';
import { configuredSecrets } from '../alerts/configured-channels';
import { AlertDeliveryService } from '../alerts/delivery.service';
import { DestinationBook } from '../alerts/destination-book';
import { NoticeSender } from '../alerts/notice-sender';
import { HostList } from '../platform/http/host-list';
import { UpstreamClient } from '../platform/http/upstream-client';
import { Mailer } from '../platform/mail/mailer';
import type { SecretBox } from '../platform/secret-box';
import type { ServiceParts } from './service-parts';

/** What tells people of alerts. */
export interface AlertServices {
  readonly alertChannels: AlertChannelService;
  readonly alertDeliveries: AlertDeliveryService;
  readonly alertDispatcher: AlertDispatcher;
  readonly alertClient: UpstreamClient;
}

const POLL_INTERVAL_MS = 1_000;
const DRAIN_MS = 5_000;
/** Beyond the longest attempt, for the database's part in it. A mail has several waits of that length in it. */
const LEASE_FACTOR = 4;
const LEASE_MARGIN_MS = 15_000;

/** Receivers have connections of their own: one that hangs keeps no call waiting. */
export function createAlertServices(
  { config, database: { db }, clock, log }: ServiceParts,
  box: SecretBox,
): AlertServices {
  const { channels, smtp, timeoutMs, maxAttempts, privateHosts } = config.alerts;
  const { httpProxy, httpsProxy, noProxy, allowsPrivateAddresses } = config.upstream;
  const timeouts = { connectTimeoutMs: timeoutMs, headersTimeoutMs: timeoutMs, bodyTimeoutMs: timeoutMs };
  const client = new UpstreamClient({ ...timeouts, httpProxy, httpsProxy, noProxy });
  const hosts = new HostList(privateHosts);
  const allowsPrivate = (url: URL): boolean => allowsPrivateAddresses || hosts.has(url);
  // The operator's own receivers may be inside the operator's network.
  const configuredUrls = new Set(channels.flatMap(({ url }) => (url === null ? [] : [new URL(url).href])));
  const sender = new NoticeSender({
    client,
    mailer: smtp === null ? null : new Mailer(smtp, timeoutMs),
    ...{ clock, timeoutMs },
    allowsPrivate: (url) => configuredUrls.has(url.href) || allowsPrivate(url),
  });
  const destinations = new DestinationBook(db, box, configuredSecrets(channels));
  const alertChannels = new AlertChannelService(db, box, { allowsPrivate, hasMail: smtp !== null });
  const alertDispatcher = new AlertDispatcher({
    ...{ db, clock, log, sender, destinations, maxAttempts },
    random: Math.random,
    leaseMs: LEASE_FACTOR * timeoutMs + LEASE_MARGIN_MS,
    intervalMs: POLL_INTERVAL_MS,
    drainMs: DRAIN_MS,
  });
  const alertDeliveries = new AlertDeliveryService({
    ...{ db, destinations, sender, maxAttempts },
    channels: alertChannels,
    wake: () => alertDispatcher.wake(),
  });
  return { alertChannels, alertDeliveries, alertDispatcher, alertClient: client };
}
