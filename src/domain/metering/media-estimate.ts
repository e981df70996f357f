import type { Usage } from '../usage/usage';
import { imageCounts, imagesBound } from './request-bound-images';
import { speechEstimate, transcriptionEstimate } from './request-bound-audio';
import type { BoundFormat } from './request-bound';
import { rerankEstimate } from './rerank';

/**
 * What a request for media, or of a ranking, uses beside its text, when the answer does not say. What was painted shows
 * in no text, so it counts for the most that was asked for. Null for requests of text, which are counted otherwise.
 */
export function mediaEstimate(format: BoundFormat, body: unknown, model: string): Usage | null {
  switch (format) {
    case 'openai-images':
      return { ...imageCounts(body, model), outputImage: imagesBound(body, model).outputTokens ?? 0 };
    case 'openai-speech':
      return speechEstimate(body);
    case 'openai-transcription':
      return transcriptionEstimate(body, model);
    case 'rerank':
      return rerankEstimate(body);
    default:
      return null;
  }
}
