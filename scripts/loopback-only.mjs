/**
 * Loaded before a test (`node --import`): a test that would leave this machine fails, with the address that it wanted.
 * Names of this machine are asked of nobody.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';

const isLoopback = (host) => {
  const plain = String(host).toLowerCase();
  return plain === 'localhost' || plain === '::1' || /^127\.\d+\.\d+\.\d+$/.test(plain);
};

/** Whether a resolver asks name servers of this machine only, whatever it asks them. */
const asksHere = (resolver) =>
  (resolver instanceof dns.Resolver || resolver instanceof dns.promises.Resolver) &&
  resolver.getServers().every((server) => isLoopback(server.replace(/^\[(.*)\](?::\d+)?$|:\d+$/, '$1')));

/** Code under test may swallow the error: the process fails all the same. */
function refuse(what) {
  process.exitCode = 1;
  process.on('exit', () => {
    process.exitCode = 1;
  });
  const error = new Error(`a test may not reach outside this machine: ${what}`);
  process.stderr.write(`${error.message}\n`);
  throw error;
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connectNear(...args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  const isPath = typeof first === 'string' && Number.isNaN(Number(first));
  const options = typeof first === 'object' ? first : { host: args[1] };
  const host = typeof options.host === 'string' ? options.host : 'localhost';
  if (!isPath && options.path === undefined && !isLoopback(host)) refuse(`connect to ${host}`);
  return connect.apply(this, args);
};

const send = dgram.Socket.prototype.send;
dgram.Socket.prototype.send = function sendNear(...args) {
  const host = args.findLast((arg) => typeof arg === 'string');
  if (host !== undefined && !isLoopback(host)) refuse(`datagram to ${host}`);
  return send.apply(this, args);
};

for (const api of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (const name of Object.getOwnPropertyNames(api).filter((key) => /^(?:lookup|resolve|reverse)/.test(key))) {
    const ask = api[name];
    if (typeof ask !== 'function') continue;
    api[name] = function askNear(host, ...rest) {
      // an address is not a question: looking it up asks nobody
      const isQuestion = net.isIP(String(host)) === 0 || name.startsWith('reverse');
      if (isQuestion && !isLoopback(host) && !asksHere(this)) refuse(`DNS question for ${host}`);
      return ask.call(this, host, ...rest);
    };
  }
}
