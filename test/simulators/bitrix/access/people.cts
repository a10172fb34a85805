import { stableUuid } from '../../kernel/random.cts';
import type { Right } from '../methods/method.cts';

export const ALL_SCOPES = [
	'catalog',
	'sale',
	'pay_system',
	'delivery',
	'crm',
	'user',
	'user_basic',
	'user_brief',
	'iblock',
	'userfieldconfig',
	'salescenter',
	'im',
] as const;
export type Scope = (typeof ALL_SCOPES)[number];

export interface User {
	id: number;
	name: string;
	lastName: string;
	email: string;
	admin: boolean;
	rights: readonly Right[];
	active: boolean;
	/** What he does in the company. */
	position?: string;
}

/** An inbound webhook: its creator's rights, limited to its scopes. */
export interface Webhook {
	user: number;
	secret: string;
	scopes: readonly Scope[];
	/** What it is there for, in tests. */
	purpose: string;
}

const EVERYTHING: readonly Right[] = [
	'any',
	'catalog.read',
	'catalog.write',
	'catalog.purchase',
	'sale.read',
	'sale.write',
	'crm.read',
	'crm.write',
	'crm.settings',
];

export const makeUsers = (): User[] => [
	{ id: 1, name: 'Анна', lastName: 'Админова', email: 'admin@example.com', admin: true, rights: EVERYTHING, active: true },
	{
		id: 2,
		name: 'Максим',
		lastName: 'Менеджеров',
		email: 'manager@example.com',
		admin: false,
		rights: ['any', 'catalog.read', 'crm.read'],
		active: true,
	},
	{
		id: 4,
		name: 'Ефим',
		lastName: 'Редакторов',
		email: 'editor@example.com',
		admin: false,
		rights: ['any', 'catalog.read', 'catalog.write', 'crm.read', 'crm.write'],
		active: true,
	},
	{ id: 3, name: 'Гость', lastName: 'Безправный', email: 'guest@example.com', admin: false, rights: ['any'], active: true },
];

/** The hooks that exist from the start, by purpose. */
export function makeWebhooks(
	seed: number,
): Record<'admin' | 'editor' | 'manager' | 'guest' | 'catalogOnly' | 'saleOnly' | 'crmOnly', Webhook> {
	const hook = (purpose: string, user: number, scopes: readonly Scope[]): Webhook => ({
		purpose,
		user,
		scopes,
		secret: stableUuid('webhook', seed, purpose).replaceAll('-', '').slice(0, 16),
	});
	return {
		admin: hook('everything', 1, ALL_SCOPES),
		editor: hook('may change the catalog and CRM, but is no administrator', 4, ALL_SCOPES),
		manager: hook('may read the catalog and CRM only', 2, ALL_SCOPES),
		guest: hook('may do nothing', 3, ALL_SCOPES),
		catalogOnly: hook('catalog without orders', 1, ['catalog']),
		saleOnly: hook('orders without pay systems and catalog', 1, ['sale']),
		crmOnly: hook('CRM without chats and settings of user fields', 1, ['crm']),
	};
}
