import { MAX_PRICE_MAP_CHARACTERS } from '../domain/pricing/litellm-price-map';
import { err, type Result } from '../domain/result';
import { fetchDocument } from '../platform/http/fetch-document';
import type { OutgoingSettings } from '../platform/http/dispatcher';
import { UpstreamClient } from '../platform/http/upstream-client';

const FETCH_TIMEOUT_MS = 30_000;

export interface PriceMapSettings extends OutgoingSettings {
  /** No price map is fetched: LITELLM_LOCAL_MODEL_COST_MAP is true. */
  readonly isAirGapped: boolean;
  readonly allowsPrivateAddresses: boolean;
}

/** Fetches price maps, unless the operator forbids it. */
export class PriceMapSource {
  constructor(private readonly settings: PriceMapSettings) {}

  async fetch(url: string): Promise<Result<string, string>> {
    if (this.settings.isAirGapped) {
      return err(
        'No price map is fetched while LITELLM_LOCAL_MODEL_COST_MAP is true. Hand the map in instead.',
      );
    }
    // Maps are fetched seldom, and no connection is worth keeping between two of them.
    const client = new UpstreamClient(this.settings);
    try {
      return await fetchDocument(client, {
        url,
        maxBytes: MAX_PRICE_MAP_CHARACTERS,
        timeoutMs: FETCH_TIMEOUT_MS,
        allowPrivate: this.settings.allowsPrivateAddresses,
      });
    } finally {
      await client.close();
    }
  }
}
