import type { IncomingCall } from '../kernel/simulator.cts';
import { ApiError } from './errors.cts';
import { isObject, type Json } from './engine/schema.cts';
import type { Settings } from './account.cts';
import { settle, type Parts } from './http/platform.cts';
import { route } from './http/routes.cts';
import { Parameters } from './query/parameters.cts';
import { RESOURCES } from './resources/registry.cts';
import { Session } from './session.cts';

/**
 * The control interface of an account, beside that of the kernel:
 * `GET state` · `GET users` · `GET violations` · `GET deliveries` · `PUT settings {…}` · `PUT tariff {paid}` · `POST access {login}` ·
 * `POST deliveries/pause` · `POST deliveries/resume` · `POST deliveries/flush` · `PUT deliveries/drop {share}` · `POST deliver-stock` ·
 * `POST stock {assortment, store, stock?, inTransit?}` · `POST stock/recalculating {assortment, store, recalculating}` ·
 * `POST edit {user, method, path, body?}` (a request as another user, without limits).
 */
export async function control(parts: Parts, method: string, action: string, body: unknown): Promise<unknown> {
	const given = isObject(body) ? body : {};
	const { account, abuse, deliveries, stockNotices } = parts;
	switch (`${method} ${action}`) {
		case 'GET state':
			return state(parts);
		case 'GET users':
			return account.users.all.map(({ login, password, token, kind, admin, disabled }) => ({
				login,
				password,
				token,
				kind,
				admin,
				disabled,
			}));
		case 'GET violations':
			return abuse.violations;
		case 'GET deliveries':
			return deliveries.all;
		case 'POST deliveries/pause':
			deliveries.paused = true;
			return {};
		case 'POST deliveries/resume':
			deliveries.resume();
			return {};
		case 'POST deliveries/flush':
			await deliveries.flush();
			return {};
		case 'PUT deliveries/drop':
			deliveries.dropShare = share(given.share);
			return {};
		case 'POST deliver-stock':
			stockNotices.check(true);
			await deliveries.flush();
			return {};
		case 'POST stock':
			setStock(parts, given);
			return {};
		case 'POST stock/recalculating':
			account.stock.setRecalculating(word(given.assortment), storeOf(given), given.recalculating === true);
			return {};
		case 'PUT tariff':
			account.settings.paidTariff = given.paid === true;
			return {};
		case 'PUT settings':
			return changeSettings(account.settings, given);
		case 'POST access':
			abuse.forgive(account.users.named(word(given.login)));
			return {};
		case 'POST edit':
			return await edit(parts, given);
		default:
			return undefined;
	}
}

function state({ account, crashes, deliveries }: Parts): Json {
	return {
		accountId: account.id,
		settings: account.settings,
		rows: Object.fromEntries([...RESOURCES.keys()].map((type) => [type, account.table(type).size])),
		deliveries: deliveries.all.length,
		storage: { downloads: account.storage.downloads, refusedLogins: account.storage.refusedLogins },
		crashes,
	};
}

function setStock({ account }: Parts, given: Json): void {
	const assortment = word(given.assortment);
	const store = storeOf(given);
	if (typeof given.stock === 'number') account.stock.setStock(assortment, store, given.stock, account.now());
	if (typeof given.inTransit === 'number')
		account.stock.setInTransit(assortment, store, given.inTransit, account.now());
}

function changeSettings(settings: Settings, given: Json): Settings {
	for (const [name, value] of Object.entries(given)) {
		if (!(name in settings) || typeof value !== 'boolean') throw new RangeError(`No such setting: ${name}`);
		settings[name as keyof Settings] = value;
	}
	return settings;
}

/** Carries out a request as somebody else: seen by webhooks and the audit, not by limits. */
async function edit({ account, deliveries }: Parts, given: Json): Promise<Json> {
	const session = new Session(account, account.users.named(word(given.user)));
	const method = word(given.method);
	const [path = '', query = ''] = word(given.path).split('?');
	const call: IncomingCall = { method, path, query, headers: {}, body: Buffer.alloc(0) };
	try {
		const { status, body } = await route({
			method,
			path: path.split('/'),
			query: Parameters.parse(query),
			body: given.body,
			session,
			call,
		});
		return { status, body };
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return { status: error.status, body: error.body('ru') };
	} finally {
		settle(session, account, deliveries);
	}
}

const storeOf = ({ store }: Json): string | null => (store === null || store === undefined ? null : word(store));

function word(value: unknown): string {
	if (typeof value !== 'string' || value === '') throw new RangeError('A text is missing');
	return value;
}

function share(value: unknown): number {
	if (typeof value !== 'number' || !(value >= 0 && value <= 1)) throw new RangeError('share is a number from 0 to 1');
	return value;
}
