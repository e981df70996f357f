import type { onRequestAsyncHookHandler } from 'fastify';
import { newId } from '../../domain/ids';
import { identify } from '../pipeline/authenticate';
import type { ReceivedCall } from '../pipeline/call';
import type { CallPorts } from '../pipeline/ports';
import type { Refusal } from '../pipeline/refusal';
import { refuse, unexpected } from '../pipeline/run-call';
import type { WireFormat } from '../providers/provider';
import { HttpReply } from './http-reply';
import { headerOf, type PassthroughParts } from './take-call';

/**
 * A hook that refuses whoever has no valid key before a byte of the body is kept, so that megabytes are only taken from
 * those who may spend. The pipeline asks again once it has the body: the key may have been blocked meanwhile.
 */
export function refuseStrangers({ ports }: PassthroughParts, format: WireFormat): onRequestAsyncHookHandler {
  return async (request, reply) => {
    const call = {
      format,
      callId: newId('call', ports.clock.now()),
      header: (name: string) => headerOf(request, name),
    };
    const refused = await findRefusal(ports, call);
    if (refused === null) return;
    reply.hijack();
    refuse(call, new HttpReply(reply.raw, reply.getHeaders()), refused);
  };
}

async function findRefusal(
  ports: CallPorts,
  call: Pick<ReceivedCall, 'callId' | 'header'>,
): Promise<Refusal | null> {
  try {
    const caller = await identify(ports, call.header);
    return caller.ok ? null : caller.error;
  } catch (error) {
    return unexpected(ports, call, error);
  }
}
