import { randomBytes } from 'node:crypto';
import { stableUuid } from '../kernel/random.cts';
import type { Ref } from './engine/schema.cts';

export type Action = 'view' | 'create' | 'update' | 'delete';
export const ACTIONS: readonly Action[] = ['view', 'create', 'update', 'delete'];

export interface User {
	/** As a login and in the audit; of a solution `alias.vendor@account`. */
	login: string;
	/** Empty for a solution: it has a token only. */
	password: string;
	/** Revoked by `POST /security/token`. */
	token: string;
	kind: 'user' | 'solution';
	admin: boolean;
	/** May manage webhooks without being an administrator. */
	webhooks: boolean;
	/** May read the report of current stock. */
	stockReport: boolean;
	/** Types it may not do something with. */
	denied: Partial<Record<Action, readonly string[]>>;
	/** Units that one request costs. */
	weight: number;
	/** Who it is: an employee, or the solution. */
	ref: Ref;
	/** Set when the API was switched off for it (1061). */
	disabled: boolean;
}

const FAILURES_ALLOWED = 30;
const HOUR = 3_600_000;

const DOCUMENTS = ['customerorder', 'demand', 'paymentin', 'cashin', 'invoiceout', 'salesreturn', 'enter'];

/** The users of an account, their passwords and tokens. */
export class Users {
	readonly all: User[];
	private readonly failures = new Map<string, number[]>();

	constructor(seed: number, accountName: string, weight: number) {
		const user = (name: string, more: Partial<User>): User => ({
			login: `${name}@${accountName}`,
			password: `${name}-password`,
			token: stableUuid('token', seed, name).replace(/-/g, ''),
			kind: 'user',
			admin: false,
			webhooks: false,
			stockReport: true,
			denied: {},
			weight,
			ref: { type: 'employee', id: stableUuid('employee', seed, name) },
			disabled: false,
			...more,
		});
		this.all = [
			user('admin', { admin: true, webhooks: true }),
			user('integration', { admin: true, webhooks: true }),
			user('editor', {}),
			user('clerk', {
				stockReport: false,
				denied: { view: [...DOCUMENTS, 'counterparty'], create: ['product'], update: ['product'], delete: ['product'] },
			}),
			user('shop.solution', {
				kind: 'solution',
				password: '',
				admin: false,
				webhooks: true,
				weight: 1,
				ref: { type: 'application', id: stableUuid('application', seed) },
			}),
		];
	}

	named(name: string): User {
		const found = this.all.find(({ login }) => login === name || login.startsWith(`${name}@`));
		if (!found) throw new RangeError(`No such user: ${name}`);
		return found;
	}

	byToken(token: string): User | undefined {
		return this.all.find((user) => user.token === token);
	}

	/** 'blocked' after too many wrong passwords for a login within an hour. */
	byPassword(login: string, password: string, now: number): User | 'blocked' | undefined {
		const recent = (this.failures.get(login) ?? []).filter((at) => now - at < HOUR);
		if (recent.length > FAILURES_ALLOWED) return 'blocked';
		const user = this.all.find((one) => one.login === login && one.password !== '' && one.password === password);
		if (!user) this.failures.set(login, [...recent, now]);
		return user;
	}

	/** A new token; the earlier one of that user no longer works. */
	issueToken(user: User): string {
		user.token = randomBytes(20).toString('hex');
		return user.token;
	}
}

/** How the employee behind a login is called. */
export function shownName(login: string): { name: string; fullName: string; lastName: string; email: string } {
	const [word = ''] = login.split('@');
	const name = word.charAt(0).toUpperCase() + word.slice(1);
	return { name, fullName: name, lastName: name, email: `${word}@example.com` };
}
