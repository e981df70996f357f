import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { PriceChangeKind } from '../domain/pricing/price-map-diff';
import { PageArgs } from '../platform/graphql/page.args';
import { DateTimeScalar } from '../platform/graphql/scalars';
import type { PriceImportStatus } from './price-import.entity';
import type { ApprovePriceImport, ImportPrices } from './price-import.service';
import { PriceChangeKindEnum, PriceImportStatusEnum } from './price-import.type';

@ArgsType()
export class PriceImportsArgs extends PageArgs {
  @Field(() => PriceImportStatusEnum, { nullable: true, description: 'Only those with this status.' })
  status?: PriceImportStatus | null;
}

@ArgsType()
export class PriceImportChangesArgs extends PageArgs {
  @Field(() => PriceChangeKindEnum, { nullable: true, description: 'Only changes of this kind.' })
  kind?: PriceChangeKind | null;
}

@InputType('ImportPricesInput', { description: "LiteLLM's price map: its text or its URL." })
export class ImportPricesInput implements ImportPrices {
  @Field(() => String, {
    nullable: true,
    description:
      'The text of `model_prices_and_context_window.json`. A request holds 1 MiB at most; use `url` for larger maps.',
  })
  map?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Where to fetch it, by https and from the public internet, unless the server allows private upstreams. Refused ' +
      'while `LITELLM_LOCAL_MODEL_COST_MAP` is true.',
  })
  url?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the file that `map` was read from; it becomes the source of the prices.',
  })
  fileName?: string | null;
}

@InputType('ApprovePriceImportInput', { description: 'The import to put in force.' })
export class ApprovePriceImportInput implements ApprovePriceImport {
  @Field(() => ID, { description: 'The pending import.' })
  priceImportId: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'From when its prices hold; now by default, never in the past.',
  })
  effectiveFrom?: Date | null;
}

@InputType('RejectPriceImportInput', { description: 'The import to reject.' })
export class RejectPriceImportInput {
  @Field(() => ID, { description: 'The pending import.' })
  priceImportId: string;
}
