/** The forms in which an image is placed. Of the page that shows it only the origin is sent: only its host is kept. */

export const LINK_FORMS = ['url', 'html', 'markdown', 'document', 'banner'] as const;
export type LinkForm = (typeof LINK_FORMS)[number];

export interface FormDetails {
  /** What a visible image shows, for people who cannot see it. */
  readonly alt: string;
}

/** An address as the text to paste. */
export function linkForm(form: LinkForm, url: string, { alt }: FormDetails): string {
  switch (form) {
    case 'url':
      return url;
    // An empty alt: there is nothing to tell.
    case 'html':
      return imageTag(url, 'width="1" height="1" alt=""');
    case 'markdown':
      return `![](${url})`;
    // A viewer scrolls: loaded lazily, the image would count those who reached its place, not those who opened the page.
    case 'document':
      return imageTag(url, 'width="1" height="1" alt="" loading="eager"');
    case 'banner':
      return imageTag(url, `alt="${escapeAttribute(alt)}"`);
  }
}

const imageTag = (url: string, attributes: string): string =>
  `<img src="${escapeAttribute(url)}" ${attributes} referrerpolicy="strict-origin">`;

const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
