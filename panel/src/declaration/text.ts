/**
 * The organisation's text on the screen, and its hash. What is hashed is read back from the element
 * that is shown, so that a driver consents to what stands there, and not to what was meant to.
 */

/** Paragraphs, and between them what parted them: its text is the content, letter for letter. */
export function textElement(content: string, language: string): HTMLElement {
  const element = document.createElement('div');
  element.className = 'text';
  element.lang = language;
  // Consent is to these words. A browser that translates them would show others.
  element.translate = false;
  for (const [place, part] of content.split(/(\n[ \n]*\n)/).entries()) {
    if (place % 2 === 1 || part.trim() === '') {
      element.append(part);
      continue;
    }
    const paragraph = document.createElement('p');
    paragraph.dir = 'auto';
    paragraph.append(part);
    element.append(paragraph);
  }
  return element;
}

/** SHA-256, hex, as the database computes it; null: the browser doesn't on this page. */
export async function sha256Of(text: string): Promise<string | null> {
  const { subtle } = globalThis.crypto as { subtle?: SubtleCrypto };
  if (subtle === undefined) return null;
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
