import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toPayload } from '../platform/graphql/payload';
import { toAccessToken } from './access-token.type';
import type { PasswordService } from './password.service';
import { SetPasswordInput, SignInInput } from './sign-in.input';
import { SetPasswordPayload, SignInPayload } from './sign-in.payload';
import type { SignInService } from './sign-in.service';
import { toUser } from './user.type';

@Resolver()
export class SignInResolver {
  constructor(
    private readonly sessions: SignInService,
    private readonly passwords: PasswordService,
  ) {}

  @Mutation(() => SignInPayload, {
    description: describe(
      'Signs a user in with a password. After 10 failures a name has to wait for a quarter of an hour.',
      RULES.anyone,
    ),
  })
  async signIn(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => SignInInput, { description: 'Who signs in.' }) input: SignInInput,
  ): Promise<SignInPayload> {
    return toPayload(await this.sessions.signIn(ctx, input), ({ token, secret }) => ({
      accessToken: toAccessToken(token),
      secret,
    }));
  }

  @Mutation(() => SetPasswordPayload, {
    description: describe(
      'Sets the password with which a user signs in, and ends the sessions that are open.',
      RULES.self,
    ),
  })
  async setPassword(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => SetPasswordInput, { description: 'The new password.' }) input: SetPasswordInput,
  ): Promise<SetPasswordPayload> {
    return toPayload(await this.passwords.set(ctx, input), (user) => ({ user: toUser(user) }));
  }
}
