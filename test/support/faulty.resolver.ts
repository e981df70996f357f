import { Arg, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { AppError } from '../../src/platform/errors';
import { connectionType } from '../../src/platform/graphql/connection';
import { DecimalScalar } from '../../src/platform/graphql/scalars';

@ObjectType('Nest', { description: 'A thing inside a thing.' })
class Nest {
  @Field(() => Nest, { nullable: true, description: 'The next one.' })
  nest: Nest | null;

  @Field(() => Int, { description: 'A number.' })
  size: number;
}

const NestConnection = connectionType(Nest, 'Nest');

@Resolver()
export class FaultyResolver {
  @Query(() => Int, { description: 'Fails in a way that nobody may see.' })
  unexpected(): number {
    throw new Error('duplicate key violates "virtual_keys_alias" of sk-secretsecret');
  }

  @Query(() => Int, { description: 'Fails in a way that the caller may see.' })
  expected(): number {
    throw new AppError('CONFLICT', 'Somebody else was first.', ['input', 'name']);
  }

  @Query(() => DecimalScalar, { description: 'Returns what its type cannot hold.' })
  unwritable(): string {
    return 'a private value';
  }

  @Query(() => Nest, { description: 'The outermost one.' })
  nest(): Nest {
    return { nest: null, size: 1 };
  }

  @Query(() => NestConnection, { description: 'Many of them.' })
  nests(@Arg('first', () => Int, { nullable: true, description: 'How many.' }) _first?: number | null) {
    return { edges: [], nodes: [], pageInfo: { hasNextPage: false, hasPreviousPage: false } };
  }
}
