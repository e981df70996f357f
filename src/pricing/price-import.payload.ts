import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { PriceImport } from './price-import.type';

@ObjectType('ImportPricesPayload', { description: 'The outcome of `importPrices`.' })
export class ImportPricesPayload extends Payload {
  @Field(() => PriceImport, {
    nullable: true,
    description: 'The pending import; null when the map was not taken.',
  })
  priceImport?: PriceImport | null;
}

@ObjectType('ApprovePriceImportPayload', { description: 'The outcome of `approvePriceImport`.' })
export class ApprovePriceImportPayload extends Payload {
  @Field(() => PriceImport, {
    nullable: true,
    description: 'The approved import; null when it was not approved.',
  })
  priceImport?: PriceImport | null;
}

@ObjectType('RejectPriceImportPayload', { description: 'The outcome of `rejectPriceImport`.' })
export class RejectPriceImportPayload extends Payload {
  @Field(() => PriceImport, {
    nullable: true,
    description: 'The rejected import; null when it was not rejected.',
  })
  priceImport?: PriceImport | null;
}
