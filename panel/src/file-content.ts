import { ApiError } from './http.ts';

/** The file in an answer. */
export async function contentOf(answer: Response): Promise<Blob> {
  try {
    return await answer.blob();
  } catch (error) {
    throw new ApiError('unreadable', error instanceof Error ? error.message : String(error));
  }
}
