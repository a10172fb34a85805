import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	failedResult, filterText, findDuplicates, partyOfCard, partyOfCounterparty, RULE_WORDS, warning, withArchived,
	type DuplicateGroup, type DuplicateOptions, type DuplicateReport, type MatchRule, type Party, type SharedKey,
} from '../../../../core';
import { PAGE, PAGE_WITH_EXPAND, readPages, type MoySkladClient } from '../../../../transport';
import { itemFailure } from '../../../shared/errors';
import { limited } from '../../../shared/limited';
import { moySkladClient } from '../../../shared/moySklad';
import type { BulkOperation, Operation } from '../../../shared/operation';
import { customerIn } from '../../counterparties/customerIn';
import { readRows } from '../../counterparties/rows';
import { inWords, shownCounterparty } from '../../counterparties/shown';
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

function optionsOf(context: IExecuteFunctions): DuplicateOptions {
	const number = (name: string, otherwise: number, least: number, most: number): number => limited(context.getNodeParameter(`options.${name}`, 0, otherwise), otherwise, least, most);
	return {
		rules: (context.getNodeParameter('matchRules.rule', 0, []) as Array<{ by: MatchRule }>).map(({ by }) => by),
		threshold: number('nameSimilarity', 80, 50, 100) / 100,
		score: number('score', 70, 1, 100),
		most: number('most', 20, 2, Infinity),
	};
}

async function amongCounterparties(context: IExecuteFunctions, client: MoySkladClient): Promise<INodeExecutionData[]> {
	const people = context.getNodeParameter('options.people', 0, true) === true;
	const report = findDuplicates(await everybody(client, people), optionsOf(context));
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
	const report = findDuplicates(customers.map(({ party }) => party), optionsOf(context));
	return [reported(report, (id) => cards.get(id) ?? {}, (ids) => ids.map((id) => ({ item: Number(id) }))), failed];
}

type Paired = INodeExecutionData['pairedItem'];

/** An item for each group, and one for each key that too many have. */
const reported = ({ groups, shared }: DuplicateReport, show: (id: string) => IDataObject, paired: (ids: string[]) => Paired): INodeExecutionData[] => [
	...groups.map((group) => ({ json: groupJson(group, show), pairedItem: paired(group.ids) })),
	...shared.map((key) => ({ json: sharedJson(key), pairedItem: paired([]) })),
];

const groupJson = ({ ids, score, pairs }: DuplicateGroup, show: (id: string) => IDataObject): IDataObject => ({
	kind: 'group',
	size: ids.length,
	score,
	members: ids.map(show),
	pairs: pairs.map((pair) => ({ ids: pair.ids, score: pair.score, reasons: pair.reasons.map(inWords) })),
});

const sharedJson = ({ rule, key, count }: SharedKey): IDataObject => ({
	kind: 'shared',
	field: rule,
	key,
	count,
	warnings: [warning('COUNTERPARTY_KEY_SHARED', { count, field: RULE_WORDS[rule] }) as unknown as IDataObject],
});

/** Hangs in the resource Counterparty of MoySklad Entity. */
export const counterpartyDuplicates: Operation = operation;
