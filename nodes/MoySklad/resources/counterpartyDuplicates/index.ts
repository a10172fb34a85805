import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { failedResult, filterText, findDuplicates, partyOfCard, partyOfCounterparty, withArchived, type Party } from '../../../../core';
import { PAGE, PAGE_WITH_EXPAND, readPages, type MoySkladClient } from '../../../../transport';
import { duplicateOptions } from '../../../shared/duplicates/properties';
import { reported } from '../../../shared/duplicates/reported';
import { itemFailure } from '../../../shared/errors';
import { moySkladClient } from '../../../shared/moySklad';
import type { BulkOperation, Operation } from '../../../shared/operation';
import { customerIn } from '../../counterparties/customerIn';
import { readRows } from '../../counterparties/rows';
import { shownCounterparty } from '../../counterparties/shown';
import { duplicatesProperties } from './properties';

const operation: BulkOperation = {
	value: 'findDuplicates',
	name: 'Find Duplicates',
	action: 'Find duplicates of counterparties',
	description: 'Report groups of counterparties, or of customers among the input items, that are probably the same, with scores and reasons. Nothing is changed.',
	properties: duplicatesProperties,
	async all() {
		return this.getNodeParameter('lookAmong', 0) === 'items' ? amongItems(this) : [await amongCounterparties(this, await moySkladClient(this))];
	},
};

async function amongCounterparties(context: IExecuteFunctions, client: MoySkladClient): Promise<INodeExecutionData[]> {
	const people = context.getNodeParameter('options.people', 0, true) === true;
	const report = findDuplicates(await everybody(client, people), duplicateOptions(context));
	const rows = await readRows(client, 'id', report.groups.flatMap(({ ids }) => ids));
	const pairedItem = { item: 0 };
	return reported(report, (id) => shownCounterparty(id, rows.get(id)) as unknown as IDataObject, () => pairedItem);
}

/** By what each counterparty is known: of the pages nothing else is kept. */
async function everybody(client: MoySkladClient, people: boolean): Promise<Party[]> {
	const parties = new Map<string, Party>();
	const query = { filter: filterText(withArchived), order: 'id,asc', ...(people ? { expand: 'contactpersons', limit: PAGE_WITH_EXPAND } : { limit: PAGE }) };
	for await (const { rows } of readPages(client, 'entity/counterparty', query)) for (const party of rows.map((row) => partyOfCounterparty(row))) parties.set(party.id, party);
	return [...parties.values()];
}

/** Items are known by their places. */
function amongItems(context: IExecuteFunctions): INodeExecutionData[][] {
	const failed: INodeExecutionData[] = [];
	const customers = context.getInputData().flatMap((_, item) => {
		try {
			const card = customerIn(context, item, { siteKey: String(context.getNodeParameter('siteKey', 0, '')) || 'items', payerTypes: [] });
			return [{ item, card, party: partyOfCard(String(item), card) }];
		} catch (error) {
			failed.push({ json: failedResult('failed', '', itemFailure(error)) as unknown as IDataObject, pairedItem: { item } });
			return [];
		}
	});
	const cards = new Map(customers.map(({ item, card }) => [String(item), { item, ...card } as unknown as IDataObject]));
	const report = findDuplicates(customers.map(({ party }) => party), duplicateOptions(context));
	return [reported(report, (id) => cards.get(id) ?? {}, (ids) => ids.map((id) => ({ item: Number(id) }))), failed];
}

/** Hangs in the resource Counterparty of MoySklad Entity. */
export const counterpartyDuplicates: Operation = operation;
