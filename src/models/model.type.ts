import { Field, ObjectType } from 'type-graphql';
import { connectionType } from '../platform/graphql/connection';
import type { ListedModel } from './model-router';

@ObjectType('ModelInfo', { description: 'A model that can be called here.' })
export class ModelInfo {
  @Field(() => String, { description: 'The name to call it by.' })
  name: string;

  @Field(() => String, { description: 'The provider that serves it, such as `openai`.' })
  provider: string;
}

export const ModelInfoConnection = connectionType(ModelInfo, 'ModelInfo');

export function toModelInfo({ id, provider }: ListedModel): ModelInfo {
  return { name: id, provider };
}
