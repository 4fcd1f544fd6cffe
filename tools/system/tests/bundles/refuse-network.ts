import dgram from 'node:dgram';
import dns from 'node:dns';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/**
 * Loaded before a bundle (`--import`): every way to the network and every look at a secret is written down and
 * refused. What a module swallows is written down all the same.
 */
const touched: string[] = [];
const refuse = (what: string) => () => {
  touched.push(what);
  throw new Error(`${what} while the module is imported`);
};

net.Socket.prototype.connect = refuse('net.Socket.connect');
net.connect = refuse('net.connect');
net.createConnection = refuse('net.createConnection');
dgram.createSocket = refuse('dgram.createSocket');
dns.lookup = Object.assign(refuse('dns.lookup'), { __promisify__: dns.lookup.__promisify__ });
dns.promises.lookup = refuse('dns.promises.lookup');
http.request = refuse('http.request');
http.get = refuse('http.get');
globalThis.fetch = refuse('fetch');
syncBuiltinESMExports();

const SECRET = /SECRET|ACCESS_KEY|API_KEY|TOKEN/;
process.env = new Proxy(process.env, {
  get: (variables, name) => {
    if (typeof name === 'string' && SECRET.test(name)) touched.push(`process.env.${name}`);
    return Reflect.get(variables, name);
  },
});

process.once('beforeExit', () => process.stdout.write(JSON.stringify(touched)));
