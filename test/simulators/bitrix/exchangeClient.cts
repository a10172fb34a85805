import { crc32, deflateRawSync } from 'node:zlib';
import type { RunningBitrix } from './start.cts';

/** What the exchange answered, decoded as its header says. */
export interface ExchangeReply {
	status: number;
	/** The first line. */
	word: string;
	lines: string[];
	text: string;
	headers: Headers;
}

type Parameters = Record<string, string | number>;

export const basic = (login: string, password: string): string =>
	`Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;

/** Plays 1C: one session, call by call. */
export class ExchangeClient {
	cookie = '';
	sessid = '';
	timestamp = '';

	constructor(
		private readonly bitrix: RunningBitrix,
		readonly type = 'catalog',
	) {}

	async call(mode: string, parameters: Parameters = {}, request: RequestInit = {}): Promise<ExchangeReply> {
		const values = {
			type: this.type,
			...(mode !== '' && { mode }),
			...(this.sessid !== '' && { sessid: this.sessid }),
			...parameters,
		};
		const query = new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)]));
		const headers = new Headers(request.headers);
		if (this.cookie !== '') headers.set('cookie', this.cookie);
		return await readReply(await fetch(`${this.bitrix.exchange.url}?${query}`, { ...request, headers }));
	}

	async checkauth(login = this.bitrix.exchange.login, password = this.bitrix.exchange.password): Promise<ExchangeReply> {
		return await this.call('checkauth', {}, { headers: { authorization: basic(login, password) } });
	}

	/** Logs in and keeps cookie, sessid and timestamp. */
	async login(login?: string, password?: string): Promise<this> {
		const { lines } = await this.checkauth(login, password);
		const [word, name = '', id = ''] = lines;
		if (word !== 'success') throw new Error(`The login failed: ${lines.join(' ')}`);
		this.cookie = `${name}=${id}`;
		const named = (key: string): string => lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1) ?? '';
		this.sessid = named('sessid');
		this.timestamp = named('timestamp');
		return this;
	}

	async upload(filename: string, body: string | Buffer): Promise<ExchangeReply> {
		return await this.call('file', { filename }, { method: 'POST', body: Uint8Array.from(Buffer.from(body)) });
	}

	/** Calls until the file is imported. Soft failures are gone over as 1C does it; `limit` calls at most. */
	async import(filename: string, limit = 100): Promise<ExchangeReply[]> {
		const replies: ExchangeReply[] = [];
		while (replies.length < limit) {
			const reply = await this.call('import', { filename });
			replies.push(reply);
			if (reply.word === 'success' || reply.status !== 200) break;
		}
		return replies;
	}

	/** Logs in if need be, begins anew, uploads and imports one file. Returns the answers of the import. */
	async send(xml: string | Buffer, filename = 'import.xml', parameters: Parameters = {}): Promise<ExchangeReply[]> {
		if (this.cookie === '') await this.login();
		await this.call('init', parameters);
		await this.upload(filename, xml);
		return await this.import(filename);
	}
}

async function readReply(answer: Response): Promise<ExchangeReply> {
	const charset = /charset=([\w-]+)/.exec(answer.headers.get('content-type') ?? '')?.[1] ?? 'utf-8';
	const text = new TextDecoder(charset).decode(await answer.arrayBuffer());
	const lines = text.split('\n').map((line) => line.trim());
	return { status: answer.status, word: lines[0] ?? '', lines, text, headers: answer.headers };
}

/** An archive of these files; names are ASCII. */
export function zipOf(files: Record<string, string | Buffer>): Buffer {
	const locals: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const [name, content] of Object.entries(files)) {
		const [local, central] = zipEntry(name, Buffer.from(content), offset);
		locals.push(local);
		directory.push(central);
		offset += local.length;
	}
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	for (const place of [8, 10]) end.writeUInt16LE(locals.length, place);
	end.writeUInt32LE(Buffer.concat(directory).length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...locals, ...directory, end]);
}

function zipEntry(name: string, content: Buffer, offset: number): [local: Buffer, central: Buffer] {
	const packed = deflateRawSync(content);
	const common = Buffer.alloc(26);
	common.writeUInt16LE(20, 0);
	common.writeUInt16LE(8, 4);
	common.writeUInt32LE(crc32(content), 10);
	common.writeUInt32LE(packed.length, 14);
	common.writeUInt32LE(content.length, 18);
	common.writeUInt16LE(name.length, 22);
	const place = Buffer.alloc(14);
	place.writeUInt32LE(offset, 10);
	const signature = (code: number): Buffer => {
		const bytes = Buffer.alloc(4);
		bytes.writeUInt32LE(code, 0);
		return bytes;
	};
	const madeBy = Buffer.from([20, 0]);
	const local = Buffer.concat([signature(0x04034b50), common, Buffer.from(name), packed]);
	return [local, Buffer.concat([signature(0x02014b50), madeBy, common, place, Buffer.from(name)])];
}
