import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type DeliveredLine, formatLogFile, formatLogLine, logFileName } from '../../local/cloudfront-log.ts';

const LINE: DeliveredLine = {
  timestampMs: 1_795_428_000_123,
  requestId: 'AbC-_1==',
  asn: 15_169,
  country: 'DE',
  edgeLocation: 'FRA56-P4',
  method: 'GET',
  uriStem: '/p.gif',
  status: 200,
  resultType: 'Hit',
  userAgent: 'Mozilla/5.0',
  record: 'v=1&day=2026-11-23',
};
const fields = (line: Partial<DeliveredLine>): string[] => formatLogLine({ ...LINE, ...line }).split('\t');

describe('a log line', () => {
  it('has the delivered fields in their order, a tab between', () => {
    expect(formatLogLine(LINE)).toBe(
      '1795428000123\tAbC-_1==\t15169\tDE\tFRA56-P4\tGET\t/p.gif\t200\tHit\tMozilla/5.0\tv=1&day=2026-11-23',
    );
  });

  it('writes what is absent as a hyphen, and status 0 as CloudFront does', () => {
    const line = fields({ asn: null, country: null, userAgent: null, record: null, status: 0 });
    expect(line).toEqual([
      '1795428000123',
      'AbC-_1==',
      '-',
      '-',
      'FRA56-P4',
      'GET',
      '/p.gif',
      '000',
      'Hit',
      '-',
      '-',
    ]);
    expect(fields({ userAgent: '' })[9]).toBe('-');
  });

  it.each([
    { name: 'a space', text: 'a b', escaped: 'a%20b' },
    { name: 'a plus stays', text: 'a+b', escaped: 'a+b' },
    { name: 'a percent sign: encoded twice', text: '%E5', escaped: '%25E5' },
    { name: 'tabs and line ends', text: 'a\tb\r\n', escaped: 'a%09b%0D%0A' },
    { name: 'control characters', text: '\u0000\u001f\u007f', escaped: '%00%1F%7F' },
    {
      name: 'the punctuation that is escaped',
      text: '<>"#{}|\\^~[]`\'',
      escaped: '%3C%3E%22%23%7B%7D%7C%5C%5E%7E%5B%5D%60%27',
    },
    { name: 'the punctuation that is not', text: '!$&()*+,-./:;=?@_', escaped: '!$&()*+,-./:;=?@_' },
    { name: 'bytes of UTF-8', text: 'ä€😀', escaped: '%C3%A4%E2%82%AC%F0%9F%98%80' },
    { name: 'half a character', text: 'a\ud83d', escaped: 'a%EF%BF%BD' },
  ])('escapes $name', ({ text, escaped }) => {
    expect(fields({ userAgent: text })[9]).toBe(escaped);
    expect(fields({ uriStem: text })[6]).toBe(escaped);
    // Twice, as the second time comes from memory.
    expect(fields({ userAgent: text })[9]).toBe(escaped);
  });

  it('never holds a character that would break it, whatever the text', () => {
    const all = Array.from({ length: 0x300 }, (_, code) => String.fromCharCode(code)).join('');
    expect(fields({ userAgent: all })).toHaveLength(11);
    expect(decodeURIComponent(fields({ userAgent: all })[9] ?? '')).toBe(all);
  });

  it('cuts the record at 800 bytes', () => {
    expect(fields({ record: 'x'.repeat(900) })[10]).toHaveLength(800);
  });
});

describe('a log file', () => {
  it('has two header lines, the fields with spaces, and is gzip', () => {
    const text = gunzipSync(formatLogFile([formatLogLine(LINE)])).toString();
    const [version, fieldLine, line, end] = text.split('\n');
    expect(version).toBe('#Version: 1.0');
    expect(fieldLine).toBe(
      '#Fields: timestamp(ms) x-edge-request-id asn c-country x-edge-location cs-method cs-uri-stem sc-status x-edge-result-type cs(User-Agent) viewer-request-log-data',
    );
    expect(line).toBe(formatLogLine(LINE));
    expect(end).toBe('');
  });

  it('is named for the UTC hour', () => {
    expect(logFileName('E2EXAMPLE', Date.parse('2026-11-23T09:59:59.999+01:00'), '1a2b3c4d')).toBe(
      'E2EXAMPLE.2026-11-23-08.1a2b3c4d.gz',
    );
  });
});
