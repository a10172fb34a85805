import type { ExchangeSettings } from './settings.cts';

/** A user of the site who may try to exchange. */
export interface Account {
	id: number;
	login: string;
	password: string;
	/** Group 1 are the administrators. */
	groups: readonly number[];
	/** Read access to `/bitrix/admin/`. */
	adminAccess: boolean;
}

export const ADMINISTRATORS = 1;

/** The exchange's own account, one of a group without any rights, and one who does not even get to the page. */
export const accountsOf = ({ login, password }: ExchangeSettings): Account[] => [
	{ id: 1, login, password, groups: [ADMINISTRATORS, 2], adminAccess: true },
	{ id: 4, login: 'editor', password: `${password}-editor`, groups: [2, 5], adminAccess: true },
	{ id: 3, login: 'guest', password: `${password}-guest`, groups: [2], adminAccess: false },
];

/** Whose login and password `Basic …` holds. Undefined when it is anything else. */
export function findByBasic(accounts: readonly Account[], authorization: string | undefined): Account | undefined {
	const encoded = /^Basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(authorization ?? '')?.[1];
	if (encoded === undefined) return undefined;
	const text = Buffer.from(encoded, 'base64').toString('utf8');
	const colon = text.indexOf(':');
	return accounts.find(({ login, password }) => login === text.slice(0, colon) && password === text.slice(colon + 1));
}
