/** User agents as the simulated senders write them; the proxies' are the literal ones their operators or logs show. */

/** User agent and its weight among its like; null sends no header. */
export type Agents = readonly (readonly [string | null, number])[];

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X)';
const IPAD = 'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K)';
const CHROMIUM = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';

/** A page's image is asked for by the browser itself. */
export const BROWSERS: Agents = [
  [`${WINDOWS} ${CHROMIUM} Chrome/142.0.0.0 Safari/537.36`, 20],
  [`${WINDOWS} ${CHROMIUM} Chrome/141.0.0.0 Safari/537.36`, 6],
  [`${WINDOWS} ${CHROMIUM} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`, 9],
  [`${WINDOWS} ${CHROMIUM} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`, 2],
  [`${WINDOWS.replace('x64)', 'x64; rv:145.0)')} Gecko/20100101 Firefox/145.0`, 5],
  [`${WINDOWS.replace('x64)', 'x64; rv:140.0)')} Gecko/20100101 Firefox/140.0`, 2],
  [`${WINDOWS} ${CHROMIUM} Chrome/141.0.0.0 Safari/537.36 OPR/125.0.0.0`, 1],
  [`${MAC} ${CHROMIUM} Chrome/142.0.0.0 Safari/537.36`, 7],
  [`${MAC} ${WEBKIT} Version/26.1 Safari/605.1.15`, 5],
  [`${MAC} ${WEBKIT} Version/18.6 Safari/605.1.15`, 3],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 1],
  [`Mozilla/5.0 (X11; Linux x86_64) ${CHROMIUM} Chrome/142.0.0.0 Safari/537.36`, 2],
  [`${IPHONE} ${WEBKIT} Version/18.6 Mobile/15E148 Safari/604.1`, 12],
  [`${IPHONE} ${WEBKIT} Version/26.1 Mobile/15E148 Safari/604.1`, 8],
  [`${IPHONE} ${WEBKIT} CriOS/142.0.7444.148 Mobile/15E148 Safari/604.1`, 2],
  [`${IPAD} ${WEBKIT} Version/18.6 Mobile/15E148 Safari/604.1`, 2],
  [`${ANDROID} ${CHROMIUM} Chrome/142.0.0.0 Mobile Safari/537.36`, 16],
  [`${ANDROID} ${CHROMIUM} Chrome/141.0.0.0 Mobile Safari/537.36`, 5],
  [`${ANDROID} ${CHROMIUM} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36`, 4],
  ['Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0', 1],
];

/** Safari, the browser of people behind iCloud Private Relay. */
export const SAFARI: Agents = BROWSERS.filter(([agent]) => agent?.includes('Version/'));

const MAIL = {
  appleProxy: [['Mozilla/5.0', 1]],
  gmail: [['Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)', 1]],
  gmailPrefetch: [[`${WINDOWS} ${CHROMIUM} Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0`, 1]],
  yahoo: [
    ['YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html', 3],
    ['YahooMailProxy; https://senders.yahooinc.com/mail-proxy-servers', 2],
  ],
  fastmail: [['FastmailUA/1.0', 1]],
  seznam: [['Mozilla/5.0 SeznamEmailProxy/2.0.174', 1]],
  outlookWindows: [
    [
      'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; .NET4.0C; .NET4.0E; .NET CLR 2.0.50727; .NET CLR 3.0.30729; .NET CLR 3.5.30729; ms-office; MSOffice 16)',
      3,
    ],
    ['Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.18025; Pro)', 1],
  ],
  outlookNew: [[`${MAC} ${WEBKIT}`, 1]],
  outlookMobile: [
    ['Outlook-iOS/2.0', 2],
    ['Outlook-Android/2.0', 1],
  ],
  appleMail: [
    [`${MAC} ${WEBKIT}`, 1],
    [`${IPHONE} ${WEBKIT} Mobile/15E148`, 3],
    [`${IPAD} ${WEBKIT} Mobile/15E148`, 1],
  ],
  thunderbird: [
    [`${WINDOWS.replace('x64)', 'x64; rv:140.0)')} Gecko/20100101 Thunderbird/140.5.0`, 3],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.5.0', 1],
  ],
  android: [
    [
      'Mozilla/5.0 (Linux; Android 15; SM-S921B Build/AP3A.240905.015.A2; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.7444.102 Mobile Safari/537.36',
      2,
    ],
    [
      'Mozilla/5.0 (Linux; Android 14; Pixel 7 Build/UQ1A.240205.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.7390.122 Mobile Safari/537.36',
      1,
    ],
  ],
  noAgent: [[null, 1]],
} as const satisfies Record<string, Agents>;

export const MAIL_AGENTS: Record<keyof typeof MAIL, Agents> = MAIL;

/** A scanner that says who it is, and the browser that the others pretend to be. */
export const SCANNER_AGENTS: Agents = [
  ['Barracuda Sentinel (EE)', 1],
  [`${WINDOWS} ${CHROMIUM} Chrome/138.0.0.0 Safari/537.36`, 6],
  [`${WINDOWS} ${CHROMIUM} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`, 3],
];
export const DISGUISES: Agents = [
  [`${WINDOWS} ${CHROMIUM} Chrome/142.0.0.0 Safari/537.36`, 3],
  [`${WINDOWS} ${CHROMIUM} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`, 2],
  [`${MAC} ${CHROMIUM} Chrome/141.0.0.0 Safari/537.36`, 1],
];
