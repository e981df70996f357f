/**
 * What stands before a model's name in prices by the image, in LiteLLM's spelling: "hd/1024-x-1792/" of "dall-e-3". A
 * price that names the size alone, or neither, is found by the same name.
 */
export function imagePricePrefix(quality: string | null, width: number, height: number): string {
  return `${quality ?? 'standard'}/${width}-x-${height}/`;
}
