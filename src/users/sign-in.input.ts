import { Field, ID, InputType } from 'type-graphql';
import type { SetPassword } from './password.service';
import type { SignIn } from './sign-in.service';

@InputType('SignInInput', { description: 'Who signs in, and with what.' })
export class SignInInput implements SignIn {
  @Field(() => String, { description: "The user's e-mail address, or the name in UI_USERNAME." })
  username: string;

  @Field(() => String, { description: 'The password.' })
  password: string;
}

@InputType('SetPasswordInput', { description: 'A password for a user.' })
export class SetPasswordInput implements SetPassword {
  @Field(() => ID, { nullable: true, description: 'The user; the calling one by default.' })
  userId?: string | null;

  @Field(() => String, { description: 'The new password: 12 to 256 characters.' })
  password: string;

  @Field(() => String, {
    nullable: true,
    description: 'The present one, which users who change their own have to know.',
  })
  currentPassword?: string | null;
}
