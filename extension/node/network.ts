import { BlockList, isIP, isIPv4 } from 'node:net';
import tls from 'node:tls';
import type { NetworkSettings } from '../core/settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const variable = (env: Environment, name: string): string | undefined =>
  env[name] || env[name.toUpperCase()] || undefined;

/** Whether a host is this machine: nothing to it ever goes through a proxy. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\./.test(host);
}

/** Whether a rule of `no_proxy` covers a host: `*`, `corp.example` and `.corp.example` with all below, `host:port`, `10.0.0.0/8`. */
function covers(rule: string, host: string, port: string): boolean {
  if (rule === '*') return true;
  const [, network = '', bits] = /^([\d.]+)\/(\d{1,2})$/.exec(rule) ?? [];
  if (bits !== undefined) {
    if (!isIPv4(network) || !isIPv4(host) || Number(bits) > 32) return false;
    const list = new BlockList();
    list.addSubnet(network, Number(bits));
    return list.check(host);
  }
  const [, name = '', onlyPort] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(isIP(rule) ? `[${rule}]` : rule) ?? [];
  if (onlyPort && onlyPort !== port) return false;
  const suffix = name.toLowerCase().replace(/^\*?\./, '');
  return suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`));
}

/**
 * The proxy for an address: the settings' own, else `https_proxy` or `http_proxy` by the address's scheme, else `all_proxy`;
 * undefined for what `no_proxy` covers and for this machine.
 */
export function proxyFor(url: URL, settings: NetworkSettings, env: Environment): string | undefined {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  if (isLoopback(host)) return undefined;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const rules = [...(settings.noProxy ?? []), ...(variable(env, 'no_proxy') ?? '').split(/[\s,]+/)];
  if (rules.some((rule) => covers(rule.trim(), host, port))) return undefined;
  const ofScheme = variable(env, url.protocol === 'https:' ? 'https_proxy' : 'http_proxy');
  const proxy = settings.proxy || ofScheme || variable(env, 'all_proxy');
  if (!proxy) return undefined;
  const whole = /^\w+:\/\//.test(proxy) ? proxy : `http://${proxy}`;
  return URL.canParse(whole) ? whole : undefined;
}

/** The certificates to trust, with those of the system; undefined where this runtime cannot read them, and trusts its own. */
export function trustedCertificates({ systemCertificates }: NetworkSettings): string[] | undefined {
  if (!systemCertificates || typeof tls.getCACertificates !== 'function') return undefined;
  try {
    // Node's own and NODE_EXTRA_CA_CERTS are the default.
    return [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
  } catch {
    return undefined;
  }
}
