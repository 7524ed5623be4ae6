import type { DownloadedFile } from './api.ts';

/** Hands a file to the browser to be saved. */
export function saveFile(file: DownloadedFile): void {
  const url = URL.createObjectURL(file.content);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  // The download has begun by the next turn, but some browsers read the blob later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
