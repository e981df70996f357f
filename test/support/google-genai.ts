import { createRequire } from 'node:module';
import type * as Genai from '@google/genai' with { 'resolution-mode': 'import' };

/** Google's SDK can be required, though its types say that it could only be imported. */
const sdk = createRequire(__filename)('@google/genai') as typeof Genai;

export const { ApiError, GoogleGenAI } = sdk;
export type GoogleGenAIClient = Genai.GoogleGenAI;
