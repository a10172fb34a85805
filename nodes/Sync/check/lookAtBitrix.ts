import type { IExecuteFunctions } from 'n8n-workflow';
import {
	checkBitrix, chosenFlows, CRM_RECORDS, isLocal, neededMethods, neededWrites, recordsRead,
	type BitrixSeen, type Catalog, type CheckFinding, type CheckFlow, type CheckReport,
} from '../../../core';
import { Batches, type BitrixClient, type BitrixFeatures, type MoySkladClient } from '../../../transport';
import { readCatalogs } from '../../Bitrix/catalog/lists';
import { bitrixClient, bitrixFeatures, bitrixTarget } from '../../shared/bitrix';
import { bitrixAuthentication } from '../../shared/bitrixConnection';
import { systemClock } from '../../shared/clock';
import { lookedAt, type Attempts } from './attempts';
import * as required from './requiredFields';
import { workflowOffset } from './timeZone';

/** What is known of the other side; undefined and null where nobody looks at it. */
export interface OtherSide {
	client: MoySkladClient | undefined;
	hasVariants: boolean | null;
}

/** Reads what the Bitrix tells over REST. */
export async function lookAtBitrix(context: IExecuteFunctions, { client: moySklad, hasVariants: variants }: OtherSide, flows: readonly CheckFlow[]): Promise<CheckReport> {
	return await lookedAt('bitrix', async (attempt) => {
		const authentication = bitrixAuthentication(context);
		const client = await bitrixClient(context, authentication);
		const scopes = (await client.read('scope')) as string[];
		const { address } = await bitrixTarget(context, authentication);
		const features = await bitrixFeatures(context, authentication, client);
		const mayReadCatalog = scopes.includes('catalog');
		const catalogs = mayReadCatalog ? await attempt([], async () => await readCatalogs(client)) : [];
		const inventory = mayReadCatalog ? await attempt(undefined, async () => await features.documentMode()) : undefined;
		const look: Look = { client, batches: new Batches(client), catalogs, scopes, flows, attempt };
		return checkBitrix({
			scopes,
			flows,
			methods: await methodsThere(look, features, inventory ?? false),
			application: authentication === 'oAuth2' ? await attempt(null, async () => applicationIn(await client.read('app.info'))) : null,
			variants,
			admin: await attempt(true, async () => isAdmin(await client.read('profile'))),
			catalogs: withOffers(catalogs),
			required: await requiredOf(look, moySklad),
			inventory,
			serverTime: await attempt(null, async () => String(await client.read('server.time'))),
			now: systemClock.now(),
			workflowOffset: workflowOffset(context, systemClock.now()),
			host: new URL(address).host,
			https: address.startsWith('https:'),
			local: isLocal(address),
		});
	});
}

/** What all parts of the look need. */
interface Look {
	client: BitrixClient;
	batches: Batches;
	catalogs: readonly Catalog[];
	scopes: readonly string[];
	flows: readonly CheckFlow[];
	attempt: Attempts['attempt'];
}

/** Which of the methods that the flows need this Bitrix has. Those that read are tried, too: that one is there does not say that this user may read with it. */
async function methodsThere(look: Look, features: BitrixFeatures, inventory: boolean): Promise<Map<string, boolean>> {
	const { client, batches, flows, attempt } = look;
	const chosen = chosenFlows(flows);
	const reads = neededMethods(chosen);
	const names = [...reads, ...neededWrites(chosen, inventory)];
	const methods = new Map<string, boolean>();
	await attempt(undefined, async () => await features.probe(batches, names));
	for (const name of names) methods.set(name, await attempt(true, async () => await features.has(name)));
	for (const name of reads.filter((one) => methods.get(one)))
		for (const parameters of noRows(name, look)) await attempt(undefined, async () => await client.read(name, parameters));
	return methods;
}

type ReadParameters = NonNullable<Parameters<BitrixClient['read']>[1]>;

/** What reads nothing, and is refused all the same where the user has no right to it. */
const NO_ROWS: Record<string, ReadParameters> = {
	'catalog.price.list': { select: ['id'], filter: { id: 0 } },
	'catalog.storeproduct.list': { select: ['id'], filter: { id: 0 } },
	'sale.order.list': { select: ['id'], filter: { id: 0 } },
	'sale.status.list': { select: ['id'], filter: { id: '0' } },
};

function noRows(method: string, { catalogs, flows }: Look): ReadParameters[] {
	if (method === 'catalog.product.list') return catalogs.map(({ iblockId }) => ({ select: ['id', 'iblockId'], filter: { iblockId, id: 0 } }));
	if (method === 'crm.item.list') return recordsRead(flows).map((record) => ({ entityTypeId: CRM_RECORDS[record], select: ['id'], filter: { id: 0 } }));
	return NO_ROWS[method] ? [NO_ROWS[method]] : [];
}

/** What has to be filled in Bitrix, where one of the flows makes it. */
async function requiredOf({ client, batches, catalogs, scopes, flows, attempt }: Look, moySklad: MoySkladClient | undefined): Promise<CheckFinding[]> {
	const asked = (flow: CheckFlow, scope: string): boolean => flows.includes(flow) && scopes.includes(scope);
	return [
		...(chosenFlows(flows).includes('catalog') ? await attempt([], async () => await required.ofCatalogs(batches, catalogs)) : []),
		...(asked('progress', 'sale') ? await attempt([], async () => await required.ofOrders(batches)) : []),
		...(asked('crm', 'crm') ? await attempt([], async () => await required.ofRecords(client, moySklad)) : []),
	];
}

function applicationIn(info: unknown): BitrixSeen['application'] {
	const { PAYMENT_EXPIRED, LICENSE } = (info ?? {}) as { PAYMENT_EXPIRED?: unknown; LICENSE?: unknown };
	return { unpaid: PAYMENT_EXPIRED === 'Y', license: typeof LICENSE === 'string' ? LICENSE : null };
}

const isAdmin = (profile: unknown): boolean => [true, 'Y', 'true'].includes((profile as { ADMIN?: boolean | string } | undefined)?.ADMIN ?? false);

const withOffers = (catalogs: readonly Catalog[]): BitrixSeen['catalogs'] =>
	catalogs
		.filter(({ productIblockId }) => productIblockId === null)
		.map(({ iblockId, name }) => ({ name, offers: catalogs.some(({ productIblockId }) => productIblockId === iblockId) }));
