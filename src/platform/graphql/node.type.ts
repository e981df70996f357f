import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType('Node', {
  description: 'An object with an id of its own, which `node` and `nodes` find again.',
})
export abstract class Node {
  @Field(() => ID, { description: 'Opaque id, prefixed with the kind of object. It never changes.' })
  id: string;
}
