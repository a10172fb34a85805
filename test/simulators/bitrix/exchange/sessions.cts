import { randomBytes } from 'node:crypto';
import type { Clock } from '../../kernel/clock.cts';
import type { Account } from './accounts.cts';
import type { CatalogProgress } from './import/progress.cts';
import type { SaleProgress } from './sale/progress.cts';
import type { ExchangeSettings } from './settings.cts';

export const COOKIE_NAME = 'PHPSESSID';

/** What PHP writes back when a request ends; a request that dies leaves it as it was. */
export interface SessionData {
	catalog?: CatalogProgress;
	reference?: CatalogProgress;
	sale?: SaleProgress;
}

export interface Session {
	readonly id: string;
	/** The token against requests from elsewhere: 32 hexadecimal digits. */
	readonly sessid: string;
	readonly address: string;
	account?: Account;
	data: SessionData;
	lastCall: number;
	/** Resolves when the request that holds the session has ended: others of the session wait for it. */
	held: Promise<void>;
}

/** The PHP sessions of the site. */
export class Sessions {
	private readonly sessions = new Map<string, Session>();

	constructor(
		private readonly clock: Clock,
		private readonly settings: ExchangeSettings,
	) {}

	get count(): number {
		return this.sessions.size;
	}

	/** The session whose cookie came. A forgotten, unknown or foreign one is as good as none: a new one begins. */
	open(cookie: string | undefined, address: string): { session: Session; isNew: boolean } {
		const known = this.find(cookie ?? '', address);
		const session = known ?? this.begin(address);
		session.lastCall = this.clock.now();
		return { session, isNew: known === undefined };
	}

	/** All sessions are forgotten, as after a restart of the server or a long pause. */
	expire(): void {
		this.sessions.clear();
	}

	private find(id: string, address: string): Session | undefined {
		const session = this.sessions.get(id);
		if (!session) return undefined;
		const isOld = this.clock.now() - session.lastCall > this.settings.sessionSeconds * 1000;
		if (isOld) this.sessions.delete(id);
		return isOld || !this.fits(session, address) ? undefined : session;
	}

	private fits(session: Session, address: string): boolean {
		const { sessionAddress } = this.settings;
		if (sessionAddress === 'any') return true;
		const part = (whole: string): string => (sessionAddress === 'exact' ? whole : whole.split('.').slice(0, 2).join('.'));
		return part(session.address) === part(address);
	}

	private begin(address: string): Session {
		const session: Session = {
			id: randomBytes(16).toString('hex'),
			sessid: randomBytes(16).toString('hex'),
			address,
			data: {},
			lastCall: this.clock.now(),
			held: Promise.resolve(),
		};
		this.sessions.set(session.id, session);
		return session;
	}
}

/** Runs `work` when no other request of the session is being answered. */
export async function holding<T>(session: Session, work: () => Promise<T>): Promise<T> {
	const before = session.held;
	let release = (): void => undefined;
	session.held = new Promise((resolve) => (release = resolve));
	await before;
	try {
		return await work();
	} finally {
		release();
	}
}

/** The value of a cookie in a `Cookie` header. */
export const cookieIn = (header: string | undefined): string | undefined =>
	header
		?.split(';')
		.map((part) => part.trim().split('='))
		.find(([name]) => name === COOKIE_NAME)?.[1];
