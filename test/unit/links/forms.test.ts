import { expect, test } from 'vitest';
import { LINK_FORMS, type LinkForm, linkForm } from '../../../core/links/forms.ts';

const URL = 'https://px.example.com/p.gif?utm_campaign=a&n="<b>"';
const ESCAPED = 'https://px.example.com/p.gif?utm_campaign=a&amp;n=&quot;&lt;b&gt;&quot;';

test.each<{ form: LinkForm; is: string }>([
  { form: 'url', is: URL },
  { form: 'html', is: `<img src="${ESCAPED}" width="1" height="1" alt="" referrerpolicy="strict-origin">` },
  { form: 'markdown', is: `![](${URL})` },
  {
    form: 'document',
    is: `<img src="${ESCAPED}" width="1" height="1" alt="" loading="eager" referrerpolicy="strict-origin">`,
  },
  {
    form: 'banner',
    is: `<img src="${ESCAPED}" alt="A &quot;sale&quot; &amp; more" referrerpolicy="strict-origin">`,
  },
])('$form', ({ form, is }) => {
  expect(linkForm(form, URL, { alt: 'A "sale" & more' })).toBe(is);
});

test('every form is there', () => {
  for (const form of LINK_FORMS) expect(linkForm(form, URL, { alt: '' })).not.toBe('');
});
