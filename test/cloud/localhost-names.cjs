/** Preloaded into the functions: *.localhost is this machine, which the system's resolver does not know everywhere. */
const dns = require('node:dns');

const { lookup } = dns;
dns.lookup = (host, options, callback) =>
  lookup(String(host).endsWith('.localhost') ? '127.0.0.1' : host, options, callback);
