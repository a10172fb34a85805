import {
	readExchangeAnswer,
	readExchangeDocument,
	readExchangeLogin,
	readExchangeTerms,
	refusalCode,
	SyncError,
	type ErrorCode,
	type ExchangeAnswer,
	type ExchangeDocument,
	type ExchangeLogin,
	type ExchangeRoot,
	type ExchangeTerms,
} from '../../core';
import { ExchangeCaller, foreignAnswer, type ExchangeConnection, type ExchangeType } from './caller';

/** Words and warnings are short; a document of orders can be long. */
const WORDS_BYTES = 4 * 1024 * 1024;
const DOCUMENT_BYTES = 128 * 1024 * 1024;

const LONGEST_REASON = 300;

/** No command of any version: the site refuses it to everybody who may exchange, and otherwise says what it says to strangers. */
const NO_COMMAND = 'ping';

/**
 * Versions of documents of orders: 3.1 shows payments and shipments and is for reading; 2.08 is the only one in which sites with
 * reserves or stock keeping take changes (rule O7).
 */
export type OrderVersion = '2.08' | '3.1';

/** One login to the exchange, and the calls made with it. Calls of a session follow one another. */
export class ExchangeSession {
	/** When the site took the first login of this run for granted, in seconds since 1970 on the site. */
	startedAt: number | undefined;
	private caller: ExchangeCaller;
	private login: ExchangeLogin | undefined;

	private constructor(
		private present: ExchangeConnection,
		readonly type: ExchangeType,
		private readonly version: OrderVersion | undefined,
	) {
		this.caller = new ExchangeCaller(present, type);
	}

	/** The connection that the session uses now. */
	get connection(): ExchangeConnection {
		return this.present;
	}

	/** Takes another connection to the same site; the session stays. */
	goOnWith(connection: ExchangeConnection): void {
		this.present = connection;
		this.caller = new ExchangeCaller(connection, this.type);
	}

	/** Logs in. Exchanges of orders have a version, that of their documents; without one the site would import parts of files. */
	static async open(connection: ExchangeConnection, type: 'sale', version: OrderVersion): Promise<ExchangeSession>;
	static async open(connection: ExchangeConnection, type: Exclude<ExchangeType, 'sale'>): Promise<ExchangeSession>;
	static async open(connection: ExchangeConnection, type: ExchangeType, version?: OrderVersion): Promise<ExchangeSession> {
		const session = new ExchangeSession(connection, type, version);
		await session.logIn();
		return session;
	}

	/**
	 * Begins a new session on the site: what the old one had done so far is forgotten there. Throws EXCHANGE_LOGIN,
	 * EXCHANGE_ANSWER_UNKNOWN, and what calls throw.
	 */
	async logIn(): Promise<void> {
		this.login = undefined;
		const call = this.nameOf('checkauth');
		const login = await this.repeating(call, async () => {
			const answer = await this.ask('checkauth');
			if (answer.word !== 'success') throw this.refusal(answer, call, 'EXCHANGE_LOGIN');
			return readExchangeLogin(answer);
		});
		if (!login) throw new SyncError('EXCHANGE_ANSWER_UNKNOWN', { host: this.connection.address.host, call, status: 200 });
		this.login = login;
		this.startedAt ??= login.timestamp;
	}

	/** `init`: empties the folder of uploads and forgets what was begun. Throws when the site refuses. */
	async begin(): Promise<ExchangeTerms> {
		const parameters = this.version === undefined ? undefined : { version: this.version };
		const call = this.nameOf('init');
		return await this.repeating(call, async () => {
			const { status, body } = await this.request('init', parameters, undefined, WORDS_BYTES);
			const terms = readExchangeTerms(body);
			if (terms) return terms;
			const answer = readExchangeAnswer(body);
			throw typeof answer === 'string' ? foreignAnswer(answer, body, status, call, this.connection.address) : this.refusal(answer, call);
		});
	}

	/** Calls once; gives the answer in words whatever the word is. Throws what `foreignAnswer` makes of an answer that is none of the exchange. */
	async ask(mode: string, parameters?: Record<string, string>, body?: Uint8Array): Promise<ExchangeAnswer> {
		const { status, body: answered } = await this.request(mode, parameters, body, WORDS_BYTES);
		const answer = readExchangeAnswer(answered);
		if (typeof answer === 'object') return answer;
		throw foreignAnswer(answer, answered, status, this.nameOf(mode, parameters), this.connection.address);
	}

	/**
	 * Calls once for a document. Throws when the site refuses; EXCHANGE_ANSWER_CUT when the document is not whole, EXCHANGE_CHARSET
	 * when it is in another encoding than it can be read in.
	 */
	async document(mode: string, root: ExchangeRoot): Promise<ExchangeDocument> {
		const { documentBytes = DOCUMENT_BYTES, address } = this.connection;
		const call = this.nameOf(mode);
		const { status, body } = await this.request(mode, undefined, undefined, documentBytes);
		const answer = readExchangeDocument(body, root);
		if (answer === 'cut') throw new SyncError('EXCHANGE_ANSWER_CUT', { host: address.host, call });
		if (answer === 'charset') throw new SyncError('EXCHANGE_CHARSET', { host: address.host, call });
		if (typeof answer === 'string') throw foreignAnswer(answer, body, status, call, address);
		if ('word' in answer) throw this.refusal(answer, call);
		return answer;
	}

	/**
	 * Whether the site refuses every command as it refused one, so that the refusal is about the session and not about what was
	 * asked. No text is understood for it. Throws what `ask` throws.
	 */
	async refusesAll(answer: ExchangeAnswer): Promise<boolean> {
		const other = await this.repeating(this.nameOf(NO_COMMAND), async () => await this.ask(NO_COMMAND));
		return other.word === answer.word && this.reasonOf(other) === this.reasonOf(answer);
	}

	/** What a refusal means. The wrong login of somebody who was logged in is a session that was forgotten. */
	refusal(answer: ExchangeAnswer, call: string, otherwise: ErrorCode = 'EXCHANGE_REFUSED', more: Record<string, string> = {}): SyncError {
		const reason = this.reasonOf(answer);
		const told = refusalCode(reason) ?? otherwise;
		const code = told === 'EXCHANGE_LOGIN' && this.login ? 'EXCHANGE_SESSION_LOST' : told;
		return new SyncError(code, { call, reason, site: this.connection.address.host, ...more });
	}

	/** What the site says, in one line, without secrets. */
	reasonOf({ word, lines }: ExchangeAnswer): string {
		return this.presentable(lines.join(' ')) || `“${word}” without a reason`;
	}

	/** A text of the site without what nobody may see. */
	presentable(text: string): string {
		const { redact = (same: string) => same } = this.connection;
		const secrets = [this.login?.cookie.value, this.login?.sessid].filter((secret): secret is string => secret !== undefined && secret !== '');
		const clean = secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), redact(text));
		return clean.length > LONGEST_REASON ? `${clean.slice(0, LONGEST_REASON)}…` : clean;
	}

	/** How a call is named in errors. */
	nameOf(mode: string, parameters?: Record<string, string>): string {
		return this.caller.nameOf(mode, parameters);
	}

	/** Does `work` again while it fails for a reason that can pass by itself. Only for what may be done twice. */
	async repeating<T>(call: string, work: () => Promise<T>): Promise<T> {
		return await this.caller.repeating(call, work);
	}

	/** Waits before repetition number `attempt`. Throws STOPPED. */
	async backOff(call: string, attempt: number): Promise<void> {
		await this.caller.backOff(call, attempt);
	}

	/** Waits so many milliseconds before `call`. Throws STOPPED. */
	async wait(call: string, milliseconds: number): Promise<void> {
		await this.caller.wait(call, milliseconds);
	}

	private async request(mode: string, parameters: Record<string, string> | undefined, body: Uint8Array | undefined, maxBytes: number) {
		return await this.caller.call({ mode, parameters, body, login: this.login, maxBytes });
	}
}
