import type { Usage } from '../usage/usage';
import { bareModelName, familyOfModel } from './model-family';

/** Whether the model searches by itself, as OpenAI's search models and Perplexity's do. */
export function searchesItself(model: string): boolean {
  return bareModelName(model).includes('search');
}

/**
 * OpenAI's search models search before each answer and are billed for it
 * (https://platform.openai.com/docs/guides/tools-web-search, https://platform.openai.com/docs/pricing#built-in-tools), but
 * their usage does not say so: an answer is a search. Usage that counts searches itself is believed if it says more.
 */
export function withOwnSearches(usage: Usage, model: string, answers: number): Usage {
  if (familyOfModel(model) !== 'openai' || !searchesItself(model)) return usage;
  return { ...usage, webSearches: Math.max(usage.webSearches ?? 0, answers) };
}
