import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { principalName } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { err, ok, type Result } from '../domain/result';
import { findOrganizations } from '../organizations/organization.repository';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import type { SecretBox } from '../platform/secret-box';
import { issue, type UserIssue } from '../platform/user-issue';
import { newWebhookSecret } from '../platform/webhook-signature';
import { findTeams } from '../teams/team.repository';
import { AlertChannelEntity } from './alert-channel.entity';
import {
  cancelMessages,
  findAlertChannels,
  listAlertChannels,
  lockAlertChannel,
  type AlertChannelFilter,
} from './alert-channel.repository';
import {
  fieldIssues,
  readPlace,
  type ChannelFields,
  type ChannelPlace,
  type CreateAlertChannel,
  type PlaceRules,
  type UpdateAlertChannel,
} from './channel-input';
import { CHANNEL_ADMIN } from './channel-rules';
import { NO_SECRETS, openSecrets, sealSecrets, type ChannelSecrets } from './channel-secrets';

/** A channel, and its signing secret when it was made just now. */
export interface ChannelWithSecret {
  readonly channel: AlertChannelEntity;
  readonly secret: string | null;
}

type Outcome<T = AlertChannelEntity> = Result<T, UserIssue[]>;
type Place = Pick<AlertChannelEntity, 'organizationId' | 'teamId'>;

const SIGNED = new Set(['WEBHOOK', 'LITELLM_WEBHOOK']);
/** Receivers have a day to learn a new secret. */
const EARLIER_SECRET_MS = 24 * 3_600_000;

/** Where alerts are sent: a setting of the server, of an organization or of a team. */
export class AlertChannelService {
  constructor(
    private readonly db: DataSource,
    private readonly box: SecretBox,
    private readonly rules: PlaceRules,
  ) {}

  async list(
    ctx: RequestContext,
    filter: AlertChannelFilter,
    page: PageRequest,
  ): Promise<Page<AlertChannelEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listAlertChannels(this.db.manager, ctx.visibility, filter, page);
  }

  async create(ctx: RequestContext, input: CreateAlertChannel): Promise<Outcome<ChannelWithSecret>> {
    requireRule(ctx.principal, RULES.signedIn);
    const place = await this.placeFor(ctx, input);
    if (!place.ok) return place;
    const issues = fieldIssues(input);
    if (issues.length > 0) return err(issues);
    const read = readPlace(input.type, input, true, this.rules);
    if (!read.ok) return read;
    const secret = SIGNED.has(input.type) ? newWebhookSecret() : null;
    const request = {
      key: input.idempotencyKey,
      operation: 'createAlertChannel',
      input: this.fingerprint(input),
    };
    return this.db.transaction(async (manager) => {
      const { id, created } = await createOnce(manager, ctx, request, async () => {
        const id = newId('alertChannel', ctx.clock.now());
        const secrets = { ...NO_SECRETS, secret, ...secretsOf(read.value) };
        const now = new Date(ctx.clock.now());
        const row = { ...place.value, ...columnsOf(input, read.value), id, createdAt: now, updatedAt: now };
        const ciphertext = sealSecrets(this.box, id, secrets);
        const createdBy = principalName(ctx.principal);
        await manager.insert(
          AlertChannelEntity,
          changes<AlertChannelEntity>({ ...row, type: input.type, source: 'API', ciphertext, createdBy }),
        );
        return id;
      });
      const channel = await manager.findOneByOrFail(AlertChannelEntity, { id });
      return ok({ channel, secret: created ? secret : null });
    });
  }

  async update(ctx: RequestContext, input: UpdateAlertChannel): Promise<Outcome> {
    return this.change(ctx, input.alertChannelId, (manager, channel) => {
      const issues = fieldIssues(input);
      if (issues.length > 0) return err(issues);
      const read = readPlace(channel.type, input, false, this.rules);
      if (!read.ok) return read;
      return this.save(manager, ctx, channel, columnsOf(input, read.value), {
        ...openSecrets(this.box, channel.id, channel.ciphertext),
        ...secretsOf(read.value),
      });
    });
  }

  /** Gives it a new signing secret. The one before signs too, for a day. */
  async rotateSecret(ctx: RequestContext, alertChannelId: string): Promise<Outcome<ChannelWithSecret>> {
    const secret = newWebhookSecret();
    const rotated = await this.change(ctx, alertChannelId, (manager, channel) => {
      if (!SIGNED.has(channel.type)) {
        const message = `Nothing signs a channel of type ${channel.type}. Change its url or routingKey with updateAlertChannel.`;
        return issue('INVALID', 'alertChannelId', message);
      }
      const before = openSecrets(this.box, channel.id, channel.ciphertext);
      const until = new Date(ctx.clock.now() + EARLIER_SECRET_MS).toISOString();
      const earlier = before.secret === null ? null : { secret: before.secret, until };
      return this.save(manager, ctx, channel, {}, { ...before, secret, earlier });
    });
    return rotated.ok ? ok({ channel: rotated.value, secret }) : rotated;
  }

  /** The record stays with its history; its secrets go, and what waits for it is not sent. */
  async delete(ctx: RequestContext, alertChannelId: string): Promise<Outcome> {
    return this.change(ctx, alertChannelId, async (manager, { id }) => {
      await cancelMessages(manager, id);
      const now = new Date(ctx.clock.now());
      await manager.update(AlertChannelEntity, id, { deletedAt: now, updatedAt: now, ciphertext: null });
      return ok(await manager.findOneByOrFail(AlertChannelEntity, { id }));
    });
  }

  /** The channel, for those who administer its place. */
  async administered(ctx: RequestContext, id: string): Promise<Outcome> {
    requireRule(ctx.principal, RULES.signedIn);
    const [visible] = await findAlertChannels(this.db.manager, ctx.visibility, [id]);
    if (visible?.deletedAt !== null)
      return issue('NOT_FOUND', 'alertChannelId', `There is no alert channel "${id}".`);
    requireRule(ctx.principal, CHANNEL_ADMIN, visible);
    return ok(visible);
  }

  private async change(
    ctx: RequestContext,
    id: string,
    decide: (manager: EntityManager, channel: AlertChannelEntity) => Outcome | Promise<Outcome>,
  ): Promise<Outcome> {
    const found = await this.administered(ctx, id);
    if (!found.ok) return found;
    if (found.value.source === 'CONFIG') {
      const message = 'The configuration of the server names this channel. Change it there.';
      return issue('CONFLICT', 'alertChannelId', message);
    }
    return this.db.transaction(async (manager): Promise<Outcome> => {
      const channel = await lockAlertChannel(manager, id);
      return channel
        ? decide(manager, channel)
        : issue('NOT_FOUND', 'alertChannelId', `There is no alert channel "${id}".`);
    });
  }

  private async save(
    manager: EntityManager,
    ctx: RequestContext,
    { id }: AlertChannelEntity,
    columns: ChannelColumns,
    secrets: ChannelSecrets,
  ): Promise<Outcome> {
    const updatedAt = new Date(ctx.clock.now());
    const ciphertext = sealSecrets(this.box, id, secrets);
    await manager.update(
      AlertChannelEntity,
      id,
      changes<AlertChannelEntity>({ ...columns, ciphertext, updatedAt }),
    );
    return ok(await manager.findOneByOrFail(AlertChannelEntity, { id }));
  }

  /** Whose channel it becomes. */
  private async placeFor(ctx: RequestContext, input: CreateAlertChannel): Promise<Outcome<Place>> {
    const place = await this.findPlace(ctx, input);
    if (place.ok) requireRule(ctx.principal, CHANNEL_ADMIN, place.value);
    return place;
  }

  private async findPlace(
    ctx: RequestContext,
    { organizationId, teamId }: CreateAlertChannel,
  ): Promise<Outcome<Place>> {
    const { manager } = this.db;
    if (teamId != null) {
      const [team] = await findTeams(manager, ctx.visibility, [teamId]);
      if (!team) return issue('NOT_FOUND', 'teamId', `There is no team "${teamId}".`);
      return organizationId == null || organizationId === team.organizationId
        ? ok({ organizationId: team.organizationId, teamId })
        : issue('INVALID', 'organizationId', 'The team belongs to another organization. Leave this out.');
    }
    if (organizationId == null) return ok({ organizationId: null, teamId: null });
    const [organization] = await findOrganizations(manager, ctx.visibility, [organizationId]);
    return organization
      ? ok({ organizationId, teamId: null })
      : issue('NOT_FOUND', 'organizationId', `There is no organization "${organizationId}".`);
  }

  /** The input without what must not be stored. */
  private fingerprint(input: CreateAlertChannel): object {
    const hide = (text: string | null | undefined): string | null =>
      text == null ? null : this.box.fingerprint(text);
    return { ...input, url: hide(input.url), routingKey: hide(input.routingKey) };
  }
}

type ChannelColumns = Parameters<typeof changes<AlertChannelEntity>>[0];

function columnsOf(input: ChannelFields, place: ChannelPlace): ChannelColumns {
  return {
    name: input.name?.trim(),
    target: place.target,
    recipients: place.recipients,
    enabled: input.enabled ?? undefined,
    kinds: input.kinds === undefined ? undefined : input.kinds && [...input.kinds],
    minimumSeverity: input.minimumSeverity ?? undefined,
    scopes: input.scopes === undefined ? undefined : input.scopes && [...input.scopes],
  };
}

function secretsOf({ url, routingKey }: ChannelPlace): Partial<ChannelSecrets> {
  return { ...(url === undefined ? {} : { url }), ...(routingKey === undefined ? {} : { routingKey }) };
}
