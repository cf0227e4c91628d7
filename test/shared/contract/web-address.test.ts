import fc from 'fast-check';
import { expect, test } from 'vitest';
import { webAddress } from '../../../shared/contract/web-address.ts';
import { someUrl } from '../../support/some-url.ts';

// biome-ignore format: a table reads by column
const encoded = [
  { what: 'blanks',                      written: 'https://cdn.example.com/Screenshot from 2022.png',  sent: 'https://cdn.example.com/Screenshot%20from%202022.png' },
  { what: 'blanks around it',            written: ' https://cdn.example.com/a.png\n',                  sent: 'https://cdn.example.com/a.png' },
  { what: 'a line break inside',         written: 'https://cdn.example.com/long\n/a.png',              sent: 'https://cdn.example.com/long/a.png' },
  { what: 'a blank that does not break', written: 'https://cdn.example.com/a\u00a0b.png',              sent: 'https://cdn.example.com/a%C2%A0b.png' },
  { what: 'letters beyond ASCII',        written: 'https://cdn.example.com/Счёт №5.pdf?x=ü',           sent: 'https://cdn.example.com/%D0%A1%D1%87%D1%91%D1%82%20%E2%84%965.pdf?x=%C3%BC' },
  { what: 'an emoji',                    written: 'https://cdn.example.com/😀.png',                     sent: 'https://cdn.example.com/%F0%9F%98%80.png' },
  { what: 'half a surrogate pair',       written: 'https://cdn.example.com/\ud83d.png',                sent: 'https://cdn.example.com/%EF%BF%BD.png' },
  { what: 'a host beyond ASCII',         written: 'https://müller.example/straße.pdf',                 sent: 'https://xn--mller-kva.example/stra%C3%9Fe.pdf' },
  { what: 'quotes and brackets',         written: 'https://cdn.example.com/"a"<b>{c}|d^`.png',         sent: 'https://cdn.example.com/%22a%22%3Cb%3E%7Bc%7D%7Cd%5E%60.png' },
  { what: 'a stray percent sign',        written: 'https://cdn.example.com/100% sure.pdf?a=5%',        sent: 'https://cdn.example.com/100%25%20sure.pdf?a=5%25' },
  { what: 'what is encoded already',     written: 'https://cdn.example.com/+4917/a+b%20c.pdf?X=%2F#p', sent: 'https://cdn.example.com/+4917/a+b%20c.pdf?X=%2F#p' },
  { what: 'a signature',                 written: 'https://b.example.com/a.jpg?X-Amz-Signature=ab%2Bc&e=(1);2,3!*\'~', sent: 'https://b.example.com/a.jpg?X-Amz-Signature=ab%2Bc&e=(1);2,3!*\'~' },
  { what: 'no scheme',                   written: 'www.example.com/a.png',                             sent: 'https://www.example.com/a.png' },
  { what: 'no scheme and a port',        written: 'www.example.com:8443/a b.png?x=1',                  sent: 'https://www.example.com:8443/a%20b.png?x=1' },
  { what: 'no scheme and no path',       written: 'WWW.Example.com',                                   sent: 'https://WWW.Example.com' },
  { what: 'no scheme, beyond ASCII',     written: 'www.müller.example/straße.pdf',                     sent: 'https://www.xn--mller-kva.example/stra%C3%9Fe.pdf' },
  { what: 'no scheme but a query',       written: 'www.example.com?file=a.png',                        sent: 'https://www.example.com?file=a.png' },
  { what: 'the scheme of its page',      written: '//e.x/a.png',                                       sent: 'https://e.x/a.png' },
  { what: 'backslashes',                 written: 'https://e.x\\a\\b.png?c=\\d',                      sent: 'https://e.x/a/b.png?c=%5Cd' },
  { what: 'backslashes alone',           written: 'https:\\\\e.x\\a.png',                              sent: 'https://e.x/a.png' },
  { what: 'one slash',                   written: 'https:/e.x/a.png',                                  sent: 'https://e.x/a.png' },
  { what: 'no path',                     written: 'https://example.com',                               sent: 'https://example.com' },
  { what: 'capitals and a port',         written: 'HTTPS://Example.com:8443/A',                        sent: 'HTTPS://Example.com:8443/A' },
];

test.each(encoded)('an address with $what', ({ written, sent }) => {
  expect(webAddress(written)).toBe(sent);
});

// biome-ignore format: a table reads by column
const none = [
  '', ' ', 'https://', 'https:///a', '//', '///a', '//cdn/a.png', 'a.png', 'Invoice 4711.pdf', 'photo.jpeg', '/a.png',
  './a.png', '../a/b.png', 'images/a.png', 'n/a', 'none', 'localhost:3000/a.png', 'user@example.com', 'C:\\a.b\\c.png',
  'version.2/a', 'example.com:a', 'see www.example.com/a.png', 'ftp://example.com/a.png', 'javascript:alert(1)',
  'photo.jpg?v=2', 'invoice.pdf?download=1', 'photo.jpg#1', 'photo.bmp', 'archive.rar', 'index.php', 'Node.js', 'John.Doe',
  'Rechnung.Nr/4711', 'example.com', 'cdn.example.com:8443/a.png', 'www.png', 'wwwa.example.com', 'https.example.com',
  'data:image/png;base64,AAAA', 'file:///etc/passwd', 'https://exa mple.com/a', 'tel:+49301234',
];

test.each(none)('%j is no address', (written) => {
  expect(webAddress(written)).toBeNull();
});

test('an address that can be sent goes as it is, and one that was encoded is not encoded again', () => {
  fc.assert(
    fc.property(someUrl, (url) => {
      const once = webAddress(url) ?? expect.fail(`no address: ${url}`);
      expect(webAddress(once)).toBe(once);
      expect(once).toMatch(/^[\x21-\x7e]+$/);
      if (/^[\w:/.?&=~-]+$/.test(url)) expect(once).toBe(url);
    }),
  );
});
