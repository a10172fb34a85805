import type { IExecuteFunctions } from 'n8n-workflow';
import { checkBitrix, isLocal, methodsOf, type BitrixSeen, type Catalog, type CheckFlow, type CheckReport } from '../../../core';
import { Batches, readAllRows, type BitrixClient } from '../../../transport';
import { readCatalogs } from '../../Bitrix/catalog/lists';
import { bitrixClient, bitrixFeatures, bitrixTarget } from '../../shared/bitrix';
import { bitrixAuthentication } from '../../shared/bitrixConnection';
import { systemClock } from '../../shared/clock';
import { attempts } from './attempts';
import { workflowOffset } from './timeZone';

/** Reads what the Bitrix tells over REST. `variants`: whether MoySklad has any; null where nobody looked. */
export async function lookAtBitrix(context: IExecuteFunctions, variants: boolean | null, flows: readonly CheckFlow[]): Promise<CheckReport> {
	const { attempt, failures } = attempts('bitrix');
	const authentication = bitrixAuthentication(context);
	const client = await attempt(undefined, async () => await bitrixClient(context, authentication));
	const scopes = client && (await attempt(undefined, async () => (await client.read('scope')) as string[]));
	if (!client || !scopes) return { findings: failures, facts: [] };
	const { address } = await bitrixTarget(context, authentication);
	const features = await bitrixFeatures(context, authentication, client);
	const mayReadCatalog = scopes.includes('catalog');
	const catalogs = mayReadCatalog ? await attempt([], async () => await readCatalogs(client)) : [];
	const methods = new Map<string, boolean>();
	for (const name of methodsOf(flows)) {
		const there = await attempt(true, async () => await features.has(name));
		methods.set(name, there);
		// That a method is there does not say that this user may read with it.
		if (there && NO_ROWS[name]) await attempt(undefined, async () => await client.read(name, NO_ROWS[name]));
	}
	const seen: BitrixSeen = {
		scopes,
		flows,
		methods,
		application: authentication === 'oAuth2' ? await attempt(null, async () => applicationIn(await client.read('app.info'))) : null,
		variants,
		admin: await attempt(true, async () => isAdmin(await client.read('profile'))),
		catalogs: withOffers(catalogs),
		requiredProperties: await attempt([], async () => await requiredProperties(client, catalogs)),
		inventory: mayReadCatalog ? await attempt(undefined, async () => await features.documentMode()) : undefined,
		serverTime: await attempt(null, async () => String(await client.read('server.time'))),
		now: systemClock.now(),
		workflowOffset: workflowOffset(context, systemClock.now()),
		host: new URL(address).host,
		https: address.startsWith('https:'),
		local: isLocal(address),
	};
	const { findings, facts } = checkBitrix(seen);
	return { findings: [...failures, ...findings], facts };
}

/** What reads nothing, and is refused all the same where the user has no right to it. */
const NO_ROWS: Record<string, NonNullable<Parameters<BitrixClient['read']>[1]>> = {
	'catalog.price.list': { select: ['id'], filter: { id: 0 } },
	'catalog.storeproduct.list': { select: ['id'], filter: { id: 0 } },
	'sale.order.list': { select: ['id'], filter: { id: 0 } },
	'sale.status.list': { select: ['id'], filter: { id: '0' } },
	'crm.item.list': { entityTypeId: 2, select: ['id'], filter: { id: 0 } },
};

function applicationIn(info: unknown): BitrixSeen['application'] {
	const { PAYMENT_EXPIRED, LICENSE } = (info ?? {}) as { PAYMENT_EXPIRED?: unknown; LICENSE?: unknown };
	return { unpaid: PAYMENT_EXPIRED === 'Y', license: typeof LICENSE === 'string' ? LICENSE : null };
}

const isAdmin = (profile: unknown): boolean => [true, 'Y', 'true'].includes((profile as { ADMIN?: boolean | string } | undefined)?.ADMIN ?? false);

const withOffers = (catalogs: readonly Catalog[]): BitrixSeen['catalogs'] =>
	catalogs
		.filter(({ productIblockId }) => productIblockId === null)
		.map(({ iblockId, name }) => ({ name, offers: catalogs.some(({ productIblockId }) => productIblockId === iblockId) }));

/** Of goods and offers. A property with a default is filled by Bitrix itself. */
async function requiredProperties(client: BitrixClient, catalogs: readonly Catalog[]): Promise<BitrixSeen['requiredProperties']> {
	const batches = new Batches(client);
	const found: BitrixSeen['requiredProperties'] = [];
	for (const { iblockId, name } of catalogs) {
		const rows = await readAllRows(batches, { method: 'catalog.productProperty.list', rows: 'productProperties', parameters: { filter: { iblockId } } }, 1);
		const required = rows.filter(({ isRequired, active, defaultValue }) => isRequired === 'Y' && active !== 'N' && isEmpty(defaultValue));
		found.push(...required.map((row) => ({ catalog: name, property: String(row.name) })));
	}
	return found;
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '' || value === false;
