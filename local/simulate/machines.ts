import { type Network, network } from './networks.ts';

/** A declared machine: what it writes, where it sits, how often it comes among its like. */
export interface Machine {
  readonly agent: string;
  readonly network: Network;
  readonly weight: number;
}

const machine = (agent: string, place: Network, weight: number): Machine => ({
  agent,
  network: place,
  weight,
});

const AMAZON = network(16509, 'US', 'IAD89-C1', 400);
const AMAZON_EUROPE = network(16509, 'IE', 'DUB56-P1', 400);
const GOOGLE = network(15169, 'US', 'ORD58-P2', 60);
const MICROSOFT = network(8075, 'US', 'IAD61-P3', 80);
const META = network(32934, 'US', 'ATL59-P5', 40);
const HETZNER = network(24940, 'DE', 'FRA56-P4', 300);
const DIGITALOCEAN = network(14061, 'US', 'EWR53-P1', 300);

export type MachineKind = 'preview' | 'crawler' | 'client' | 'monitor';

/** Machines that say what they are, by the kind that a perfect label would give. */
export const MACHINES: Readonly<Record<MachineKind, readonly Machine[]>> = {
  preview: [
    machine('Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)', AMAZON, 5),
    machine('facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)', META, 6),
    machine('Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)', GOOGLE, 2),
    machine('TelegramBot (like TwitterBot)', network(62041, 'NL', 'AMS58-P2', 20), 2),
    machine(
      'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
      network(14413, 'US', 'DFW57-P1', 20),
      3,
    ),
    machine('WhatsApp/2.23.20.0 A', network(3320, 'DE', 'FRA56-P4', 0), 5),
    machine(
      'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com',
      MICROSOFT,
      4,
    ),
    machine('Twitterbot/1.0', network(13414, 'US', 'ATL59-P5', 10), 1),
  ],
  crawler: [
    machine('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', GOOGLE, 6),
    machine('Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)', MICROSOFT, 4),
    machine(
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.3; +https://openai.com/gptbot)',
      MICROSOFT,
      4,
    ),
    machine(
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)',
      AMAZON,
      3,
    ),
    machine('Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)', HETZNER, 3),
    machine('CCBot/2.0 (https://commoncrawl.org/faq/)', AMAZON, 1),
  ],
  client: [
    machine('curl/8.5.0', DIGITALOCEAN, 4),
    machine('python-requests/2.32.3', AMAZON_EUROPE, 5),
    machine('Go-http-client/2.0', DIGITALOCEAN, 4),
    machine('Wget/1.21.4', HETZNER, 1),
    machine('okhttp/4.12.0', AMAZON, 2),
    machine('axios/1.7.9', AMAZON, 2),
    machine(
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/141.0.0.0 Safari/537.36',
      AMAZON,
      3,
    ),
  ],
  monitor: [
    machine('Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)', AMAZON, 3),
    machine('Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)', AMAZON_EUROPE, 2),
    machine('Mozilla/5.0 (compatible; StatusCake)', DIGITALOCEAN, 1),
  ],
};
