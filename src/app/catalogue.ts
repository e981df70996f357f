import type { ModelCatalogue } from '../models/model-catalogue';
import { systemClock } from '../platform/clock';
import { inferProvider, listCatalogue } from '../pricing/catalogue';

/** The offline catalogue as the router sees it: models come before prices, so it is handed in. */
export const catalogue: ModelCatalogue = {
  inferProvider,
  modelsOf: (provider) => listCatalogue({ provider, atMs: systemClock.now() }).map((each) => each.model),
};
