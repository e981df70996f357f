import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { configuredChannelId } from '../alerts/configured-channels';
import { err, ok, type Result } from '../domain/result';
import type { LitellmFailure } from './failure';
import type { TriedService } from './health.schema';
import type { ServiceTests } from './services';

/** What the operator looks at after a test was taken. */
const LOOK_AT: Readonly<Record<TriedService, string>> = {
  slack: 'Test message sent to Slack, look for it in the channel.',
  slack_budget_alerts: 'Test message sent to Slack, look for it in the channel.',
  webhook: 'Test message sent to the webhook, look for it at the receiver.',
  email: 'Test mail sent, look for it in the mailbox.',
  langfuse: 'Test trace sent, look for it in Langfuse.',
};

/** Sends a test to a service that the configuration names, once, and tells what came of it. */
export async function checkService(
  ctx: RequestContext,
  services: ServiceTests,
  service: TriedService,
): Promise<Result<string, LitellmFailure>> {
  requireRule(ctx.principal, RULES.serverAdmin);
  const problem =
    service === 'langfuse' ? await checkLangfuse(services) : await checkAlerting(ctx, services, service);
  return problem === null ? ok(LOOK_AT[service]) : err(problem);
}

async function checkLangfuse({ langfuseCheck }: ServiceTests): Promise<LitellmFailure | null> {
  if (langfuseCheck === null)
    return unprocessable('The callback langfuse is not configured; it cannot be tried.');
  const error = await langfuseCheck();
  return error === null ? null : failed(error);
}

async function checkAlerting(
  ctx: RequestContext,
  { alertDeliveries, configuredAlerts }: ServiceTests,
  service: Exclude<TriedService, 'langfuse'>,
): Promise<LitellmFailure | null> {
  const wanted = service === 'slack_budget_alerts' ? 'slack' : service;
  const channels = configuredAlerts.filter((each) => each.service === wanted);
  if (channels.length === 0) {
    return unprocessable(
      `"${wanted}" is not in general_settings.alerting or SPENDGRAPH_ALERTING; it cannot be tried.`,
    );
  }
  for (const { name } of channels) {
    const tested = await alertDeliveries.test(ctx, configuredChannelId(name));
    if (!tested.ok) return unprocessable(tested.error.map(({ message }) => message).join(' '));
    if (tested.value.error !== null) return failed(tested.value.error);
  }
  return null;
}

/** LiteLLM's status for a service that is not set up. */
function unprocessable(message: string): LitellmFailure {
  return { status: 422, type: 'bad_request_error', message, param: 'service' };
}

function failed(message: string): LitellmFailure {
  return { status: 500, type: 'internal_server_error', message, param: 'service' };
}
