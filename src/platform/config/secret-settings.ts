import { secret } from './setting-kinds';
import { optional } from './setting';

/** The secrets that the server itself has. */
export const SECRET_SETTINGS = {
  SPENDGRAPH_MASTER_KEY: optional(
    secret,
    'Key of the administrator. Not set: one is generated, stored in the data folder and shown at the first start.',
    { aliases: ['LITELLM_MASTER_KEY'], defaultText: 'generated' },
  ),
  SPENDGRAPH_SALT_KEY: optional(
    secret,
    'Secret from which the hashes of keys and the encryption of provider credentials are derived. The same for every ' +
      'process on one database; without it stored keys and credentials are lost.',
    { aliases: ['LITELLM_SALT_KEY'], defaultText: 'generated' },
  ),
  SPENDGRAPH_IMPORT_SALT_KEY: optional(
    secret,
    "LiteLLM's own LITELLM_SALT_KEY, or its master key where it has none: opens its models for `spendgraph import litellm`.",
    { defaultText: 'the salt and the master key here' },
  ),
} as const;
