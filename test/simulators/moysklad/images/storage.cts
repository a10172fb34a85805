import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../kernel/clock.cts';
import type { StoredFile } from './files.cts';

interface TemporaryLink {
	file: string;
	expires: number;
}

/**
 * Where the bytes lie: another origin than the API. Temporary links work without a login,
 * and a caller who sends one is refused in XML, as object storages do.
 */
export class Storage {
	private server: Server | undefined;
	private readonly links = new Map<string, TemporaryLink>();
	private origin = '';
	/** Requests that came with an Authorization header. */
	refusedLogins = 0;
	/** Bodies that were given out. */
	downloads = 0;

	constructor(
		private readonly clock: Clock,
		private readonly files: ReadonlyMap<string, StoredFile>,
	) {}

	async start(): Promise<void> {
		const server = createServer((request, response) => this.answer(request, response));
		this.server = server;
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		this.server?.closeAllConnections();
		await new Promise((resolve) => (this.server ? this.server.close(resolve) : resolve(undefined)));
	}

	/** A link that works for so many seconds. */
	temporary(file: string, seconds: number): string {
		const key = randomUUID();
		this.links.set(key, { file, expires: this.clock.now() + seconds * 1000 });
		return `${this.origin}/temporary/${key}`;
	}

	permanent(file: string): string {
		return `${this.origin}/permanent/${file}`;
	}

	private answer(request: IncomingMessage, response: ServerResponse): void {
		if (request.headers.authorization !== undefined) {
			this.refusedLogins += 1;
			return refuse(response, 400, 'InvalidArgument', 'Unsupported Authorization Type');
		}
		const [, area, key = ''] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
		const link = area === 'permanent' ? { file: key, expires: Infinity } : this.links.get(key);
		const file = link && this.files.get(link.file);
		if (!link || !file) return refuse(response, 404, 'NoSuchKey', 'The specified key does not exist.');
		if (link.expires <= this.clock.now()) return refuse(response, 403, 'AccessDenied', 'Request has expired');
		this.downloads += 1;
		const body = file.content();
		response.writeHead(200, { 'content-type': mediaType(file.filename), 'content-length': body.length }).end(body);
	}
}

function mediaType(filename: string): string {
	if (/\.png$/i.test(filename)) return 'image/png';
	return /\.jpe?g$/i.test(filename) ? 'image/jpeg' : 'application/octet-stream';
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
	const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
	response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
}
