import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { findDuplicates as findAmong, warning } from '../../../../core';
import { Batches } from '../../../../transport';
import { bitrixClient, bitrixFeatures, bitrixHost } from '../../../shared/bitrix';
import { bitrixAuthentication } from '../../../shared/bitrixConnection';
import { duplicateOptions, duplicateProperties } from '../../../shared/duplicates/properties';
import { reported } from '../../../shared/duplicates/reported';
import type { BulkOperation } from '../../../shared/operation';
import { Announcing } from '../../catalog/announcing';
import { numbersOf, partiesOf, shownRecords, type Numbers } from '../duplicates/portal';
import type { PartnerType } from '../partners/fields';

const lookAmong: INodeProperties = {
	displayName: 'Look Among',
	name: 'lookAmong',
	type: 'options',
	options: [
		{ name: 'Companies', value: 'company' },
		{ name: 'Contacts', value: 'contact' },
		{ name: 'Contacts and Companies', value: 'both', description: 'Each among their own kind: a contact is no duplicate of the company that he works for' },
	],
	default: 'both',
};

const originator: INodeProperties = {
	displayName: 'Origin',
	name: 'originator',
	type: 'string',
	default: 'MOYSKLAD',
	description: 'The ORIGINATOR_ID of records that came from MoySklad, so that the report says to which counterparty they belong',
};

/** What portals without requisites do not have. */
const REQUISITES = 'crm.requisite.list';

export const findDuplicates: BulkOperation = {
	value: 'findDuplicates',
	name: 'Duplicates: Find Among Contacts and Companies',
	action: 'Find duplicates of contacts and companies',
	description: 'Report groups of contacts or companies of Bitrix24 that are probably the same, with scores and reasons. Nothing is changed.',
	properties: [lookAmong, ...duplicateProperties([originator])],
	async all() {
		const chosen = this.getNodeParameter('lookAmong', 0) as PartnerType | 'both';
		const found: INodeExecutionData[] = [];
		for (const type of chosen === 'both' ? (['company', 'contact'] as const) : [chosen]) found.push(...(await among(this, type)));
		return [found, [], []];
	},
};

async function among(context: IExecuteFunctions, type: PartnerType): Promise<INodeExecutionData[]> {
	const authentication = bitrixAuthentication(context);
	const client = await bitrixClient(context, authentication);
	const features = await bitrixFeatures(context, authentication, client);
	const session = { client, batches: new Batches(client), settings: { originator: String(context.getNodeParameter('options.originator', 0, '')).trim() || 'MOYSKLAD' } };
	const numbers: Numbers = (await features.has(REQUISITES)) ? await numbersOf(session, type) : without(context);
	const report = findAmong(await partiesOf(session, type, numbers), duplicateOptions(context));
	const shown = await shownRecords(session, type, report.groups.flatMap(({ ids }) => ids), { numbers, host: await bitrixHost(context, authentication) });
	const items = reported(report, (id) => ({ ...(shown.get(id) ?? { type, id }) }) as IDataObject, () => ({ item: 0 }));
	return items.map((item) => ({ ...item, json: { type, ...item.json } }));
}

function without(context: IExecuteFunctions): Numbers {
	const { message, advice } = warning('CRM_METHOD_MISSING', { call: REQUISITES, what: 'requisites' });
	new Announcing(context).hint(`${message}. ${advice}`);
	return new Map();
}
