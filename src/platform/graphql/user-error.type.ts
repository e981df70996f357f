import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { UserIssue, UserIssueCode } from '../user-issue';

export enum UserErrorCode {
  INVALID = 'INVALID',
  REQUIRED = 'REQUIRED',
  NOT_FOUND = 'NOT_FOUND',
  CONFLICT = 'CONFLICT',
  LIMIT_REACHED = 'LIMIT_REACHED',
}

registerEnumType(UserErrorCode, {
  name: 'UserErrorCode',
  description: 'The kind of thing that kept a mutation from being done.',
  valuesConfig: {
    INVALID: { description: 'A value is malformed or out of range.' },
    REQUIRED: { description: 'A value is missing.' },
    NOT_FOUND: { description: 'The object named does not exist, or is not visible to the caller.' },
    CONFLICT: {
      description: 'The value is taken, or the object is in a state that does not allow the action.',
    },
    LIMIT_REACHED: { description: 'The action would pass a limit of the server or of its owner.' },
  },
});

@ObjectType('UserError', { description: 'What is wrong with the input of a mutation, and how to mend it.' })
export class UserError implements UserIssue {
  @Field(() => UserErrorCode, { description: 'The kind of problem, for programs.' })
  code: UserIssueCode;

  @Field(() => String, { description: 'The problem and its remedy, for people.' })
  message: string;

  @Field(() => [String], {
    description: 'Path of the input at fault, such as ["input", "name"]; empty when no single field is.',
  })
  field: string[];
}
