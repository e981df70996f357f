import { asArray, asRecord, asText, type JsonRecord } from './json';
import type { NormalisedUsage } from './normalised-usage';
import type { Usage } from '../usage/usage';
import { walkStrings } from './walk';

/**
 * The texts of an item of a response's output that the model wrote and that are billed as output. What a tool of the
 * provider answered (search results, outputs of code) was not written by the model and is left out.
 */
export function outputItemTexts(item: JsonRecord | null): string[] {
  switch (item?.['type']) {
    case 'message':
      return asArray(item['content']).flatMap((part) => texts(part, 'text', 'refusal', 'transcript'));
    case 'reasoning':
      return [...asArray(item['summary']), ...asArray(item['content'])].flatMap((part) =>
        texts(part, 'text'),
      );
    case 'function_call':
    case 'custom_tool_call':
    case 'mcp_call':
    case 'code_interpreter_call':
      return texts(item, 'name', 'arguments', 'input', 'code');
    default: {
      // Calls of shells, computers and patches: what the model decided stands under one of these names.
      const found: string[] = [];
      for (const name of ['action', 'actions', 'operation'])
        walkStrings(item?.[name], (text) => found.push(text));
      return found;
    }
  }
}

/** Counts calls of tools that the provider runs and bills by the piece; the usage block does not name them. */
export class ServerToolTally {
  private webSearches = 0;
  private fileSearches = 0;
  private outputImages = 0;
  private readonly containers = new Set<string>();

  add(item: JsonRecord | null): void {
    switch (item?.['type']) {
      case 'web_search_call':
        // Opening a page and looking for text in it are free: https://platform.openai.com/docs/guides/tools-web-search.
        if ((asText(asRecord(item['action'])?.['type']) ?? 'search') === 'search') this.webSearches++;
        return;
      case 'file_search_call':
        this.fileSearches++;
        return;
      case 'code_interpreter_call':
        // Billed by the container, not by the call: https://platform.openai.com/docs/pricing#built-in-tools.
        this.containers.add(asText(item['container_id']) ?? '');
        return;
      case 'image_generation_call':
        this.outputImages++;
        return;
      default:
    }
  }

  read(): Usage {
    const { webSearches, fileSearches, outputImages } = this;
    const counts = { webSearches, fileSearches, outputImages, codeSessions: this.containers.size };
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  }
}

/** Adds counted tools to a usage block. A block that counts a tool itself, as xAI's does, is believed if it says more. */
export function withServerTools(normalised: NormalisedUsage | null, tools: Usage): NormalisedUsage | null {
  if (!normalised) return null;
  const usage: Record<string, number> = { ...normalised.usage };
  for (const [unit, count] of Object.entries(tools)) usage[unit] = Math.max(usage[unit] ?? 0, count);
  return { ...normalised, usage };
}

function texts(value: unknown, ...names: readonly string[]): string[] {
  const record = asRecord(value);
  return names.map((name) => asText(record?.[name])).filter((text) => text !== null);
}
