import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeServer } from './closing.cts';

/**
 * A registry of npm on the loopback address that has some packed packages and nothing else. Without a licence n8n asks the public
 * registry only, over https; so this is a proxy that answers in the place of every host, with certificates of an authority of its own.
 */
export class NpmRegistry {
	/** Paths that were asked for. */
	readonly asked: string[] = [];
	private readonly folder = mkdtempSync(path.join(tmpdir(), 'registry-'));
	private readonly packages = new Map<string, Packed[]>();
	private readonly sites = new Map<string, Server>();

	private constructor(
		private readonly proxy: Server,
		/** Without a slash at the end. */
		readonly url: string,
	) {}

	static async open(): Promise<NpmRegistry> {
		const proxy = createHttp();
		await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
		const registry = new NpmRegistry(proxy, `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
		registry.openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=Authority of a test', '-keyout', 'authority.key', '-out', 'authority.pem');
		proxy.on('connect', (request, socket, head) => {
			socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			socket.unshift(head);
			registry.site((request.url ?? '').replace(/:\d+$/, '')).emit('connection', socket);
		});
		return registry;
	}

	/** What n8n and the npm that it starts need to know, so that they ask this registry. */
	get environment(): Record<string, string> {
		const authority = path.join(this.folder, 'authority.pem');
		return {
			HTTPS_PROXY: this.url,
			https_proxy: this.url,
			NO_PROXY: 'localhost,127.0.0.1',
			no_proxy: 'localhost,127.0.0.1',
			NODE_EXTRA_CA_CERTS: authority,
			// Whatever this machine has set for its own npm is not looked at.
			npm_config_userconfig: path.join(this.folder, 'npmrc'),
			npm_config_cafile: authority,
			npm_config_cache: path.join(this.folder, 'cache'),
		};
	}

	/** Offers a package, as one of the versions that it has; the last one is the latest. */
	publish(tarball: Buffer, manifest: Manifest): void {
		this.packages.set(manifest.name, [...(this.packages.get(manifest.name) ?? []), { tarball, manifest }]);
	}

	async close(): Promise<void> {
		for (const server of [this.proxy, ...this.sites.values()]) await closeServer(server);
		rmSync(this.folder, { recursive: true, force: true });
	}

	private openssl(...args: string[]): void {
		execFileSync('openssl', args, { cwd: this.folder, stdio: 'ignore' });
	}

	/** The server that stands for a host. */
	private site(host: string): Server {
		const known = this.sites.get(host);
		if (known) return known;
		if (!/^[a-z0-9.-]+$/.test(host)) throw new Error(`No host: ${host}`);
		writeFileSync(path.join(this.folder, `${host}.ext`), `subjectAltName=DNS:${host}\n`);
		this.openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=A test', '-keyout', `${host}.key`, '-out', `${host}.csr`);
		this.openssl('x509', '-req', '-in', `${host}.csr`, '-CA', 'authority.pem', '-CAkey', 'authority.key', '-CAcreateserial', '-days', '2', '-extfile', `${host}.ext`, '-out', `${host}.pem`);
		const read = (ending: string): Buffer => readFileSync(path.join(this.folder, `${host}.${ending}`));
		const server = createHttps({ key: read('key'), cert: read('pem') }, (request, response) => this.answer(host, request, response)) as unknown as Server;
		this.sites.set(host, server);
		return server;
	}

	private answer(host: string, { url = '', method = '' }: IncomingMessage, response: ServerResponse): void {
		const asked = decodeURIComponent(url);
		this.asked.push(`${method} ${asked}`);
		const [, name = '', rest, file] = asked.split('/');
		const versions = this.packages.get(name) ?? [];
		const json = (status: number, value: unknown): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
		if (versions.length === 0) return json(404, { error: 'Not found' });
		if (rest === '-') {
			const found = versions.find(({ manifest }) => file === `${name}-${manifest.version}.tgz`);
			return found ? void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(found.tarball) : json(404, { error: 'Not found' });
		}
		const documents = versions.map((one) => documentOf(one, host));
		const latest = documents[documents.length - 1];
		if (rest === undefined) return json(200, { name, 'dist-tags': { latest: latest?.version }, versions: Object.fromEntries(documents.map((one) => [one.version, one])) });
		const one = rest === 'latest' ? latest : documents.find(({ version }) => version === rest);
		return one ? json(200, one) : json(404, { error: 'Not found' });
	}
}

export interface Manifest {
	name: string;
	version: string;
}

interface Packed {
	tarball: Buffer;
	manifest: Manifest;
}

const documentOf = ({ tarball, manifest }: Packed, host: string) => ({
	...manifest,
	dist: {
		tarball: `https://${host}/${manifest.name}/-/${manifest.name}-${manifest.version}.tgz`,
		shasum: createHash('sha1').update(tarball).digest('hex'),
		integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
	},
});
