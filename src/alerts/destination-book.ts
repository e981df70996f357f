import type { DataSource } from 'typeorm';
import { err, ok, type Result } from '../domain/result';
import { SealError, type SecretBox } from '../platform/secret-box';
import type { AlertChannelEntity } from './alert-channel.entity';
import { openAlertChannels } from './alert-channel.repository';
import type { AlertMessageEntity } from './alert-message.entity';
import { NO_SECRETS, openSecrets, type ChannelSecrets } from './channel-secrets';
import type { Destination } from './notice-sender';

/** Knows where the messages of a channel go. Secrets of configured channels stay in memory. */
export class DestinationBook {
  constructor(
    private readonly db: DataSource,
    private readonly box: SecretBox,
    private readonly configured: ReadonlyMap<string, ChannelSecrets>,
  ) {}

  get configuredIds(): readonly string[] {
    return [...this.configured.keys()];
  }

  /** The error says, for people, why it is not known. */
  async find({
    channelId,
    recipients,
  }: Pick<AlertMessageEntity, 'channelId' | 'recipients'>): Promise<Result<Destination, string>> {
    const [channel] = await openAlertChannels(this.db.manager, [channelId]);
    if (!channel) return err('The channel was deleted.');
    const secrets = this.secretsOf(channel);
    if (!secrets.ok) return secrets;
    return ok({ type: channel.type, recipients: recipients ?? channel.recipients, secrets: secrets.value });
  }

  private secretsOf(channel: AlertChannelEntity): Result<ChannelSecrets, string> {
    if (channel.source === 'CONFIG') return ok(this.configured.get(channel.id) ?? NO_SECRETS);
    try {
      return ok(openSecrets(this.box, channel.id, channel.ciphertext));
    } catch (error) {
      if (error instanceof SealError)
        return err("The channel's secrets cannot be read: the server's salt has changed. Enter them again.");
      throw error;
    }
  }
}
