/** What is known of the providers' models without asking them. */
export interface ModelCatalogue {
  /** The provider that a bare model name belongs to; null when the name doesn't tell. */
  inferProvider(model: string): string | null;
  /** The names of a provider's models, without the provider in front; empty when it is not known. */
  modelsOf(provider: string): readonly string[];
}
